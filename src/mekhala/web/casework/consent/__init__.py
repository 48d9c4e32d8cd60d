"""What the person said yes and no to, taking it back, and confirming that one has stopped."""

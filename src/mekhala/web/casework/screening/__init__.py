"""What was asked and seen."""

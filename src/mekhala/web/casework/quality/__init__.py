"""Decision quality."""

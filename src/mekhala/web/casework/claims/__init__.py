"""Published figures and whence they come."""

"""Services and their places."""

"""Published tables and certificate checks; its own process, its own database role."""

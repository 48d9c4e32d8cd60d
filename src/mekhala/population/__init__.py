"""Numbers of people. Nobody by name."""

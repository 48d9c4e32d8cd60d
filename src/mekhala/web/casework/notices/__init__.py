"""What an officer is told: a list of their own, and a count on every page."""

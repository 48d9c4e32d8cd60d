"""Returns, the other side's page, commitments of countries."""

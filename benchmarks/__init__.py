"""Each figure the project claims, measured here and now; never an absolute time as proof elsewhere."""

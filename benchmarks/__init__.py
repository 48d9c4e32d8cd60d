"""Each figure the project claims, measured here and now; no time is a proof elsewhere."""

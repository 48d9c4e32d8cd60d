"""Every published figure: whose it is, what it counts, where it came from."""

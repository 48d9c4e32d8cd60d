"""Linkage runs: asked for, worked out by a worker, reviewed by people, settled into a table."""

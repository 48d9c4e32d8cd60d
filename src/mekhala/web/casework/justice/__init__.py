"""Proceedings, accused, charges, steps."""

"""Agencies' lists and their overlaps."""

"""Texts of law."""

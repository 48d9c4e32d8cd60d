"""Organisations and their mandates."""

"""Phones: OpenRosa."""

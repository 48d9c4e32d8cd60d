"""Codes as enums, one module per standard, kept exactly as the standard writes them."""

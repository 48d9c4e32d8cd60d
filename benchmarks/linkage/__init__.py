"""Tokens, measured: attacks on them, what they cost in quality, how fast they are."""

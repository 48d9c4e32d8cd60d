"""Tokens and linkage, measured: attacks on the tokens, what they cost in quality, how fast they are."""

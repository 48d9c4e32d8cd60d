"""Sentences of many convicted people by group: shares, means and models, with their limits."""

"""Which records may be one person, by exact keyed tokens."""

"""Names and births as agencies write them, read in several scripts and made comparable."""

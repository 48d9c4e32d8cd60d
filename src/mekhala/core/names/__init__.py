"""Names as agencies write them, made comparable."""

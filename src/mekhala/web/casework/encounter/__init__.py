"""Meeting somebody: opening a case."""

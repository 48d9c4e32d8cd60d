"""Written orders for the name behind one case: asked for, signed by another agency, opened once."""

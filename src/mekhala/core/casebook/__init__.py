"""Invented cases a lawyer can write: in comes a page, out comes how the rules judge it."""

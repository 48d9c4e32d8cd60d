"""Closing a case, opening it again, asking that it be erased; and what is due, for administrators."""

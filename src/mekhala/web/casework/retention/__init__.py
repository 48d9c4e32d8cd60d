"""Closing a case, opening it again, erasing at the person's wish; what is due, for the office."""

"""In: a complaint. Out: accused, charges, and a ladder that never says more than has happened."""

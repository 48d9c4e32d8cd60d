"""In: a case and what was asked. Out: indicators; refer, do not refer or unsure. No status."""

"""In: a case and what was asked. Out: indicators, and refer, do not refer or unsure. Never a status."""

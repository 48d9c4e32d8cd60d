"""In: a file of findings with sources. Out: a reasoned Decision by two officers of the competent authority."""

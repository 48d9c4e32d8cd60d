"""In: somebody met a person. Out: a Case with a number. Who acts: first responders."""

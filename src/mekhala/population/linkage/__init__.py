"""In: agencies' lists as keyed tokens. Out: who may be on several lists, and the overlap table."""

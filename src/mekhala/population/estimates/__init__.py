"""In: an overlap table. Out: an Estimate with interval, model and assumptions."""

"""Working days and the clocks that run on them."""

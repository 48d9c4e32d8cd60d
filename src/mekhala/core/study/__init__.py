"""A published study as figures in long form: what can be recomputed, what cannot, what is amiss."""

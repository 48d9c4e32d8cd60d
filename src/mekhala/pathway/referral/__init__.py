"""In: a need and a service. Out: a place held, accepted or declined; need that nobody met."""

"""A name is opened for a court or another body, case by case, under two signatures (R-06, K23).

In: a written order that reached an officer who holds the case. Out: the name, once, on paper,
within 24 hours of the second signature; who leads the case is told, and the person in the end.
"""

"""Letting an officer in: under two signatures, with a password nobody else ever knows (R-07, R-41).

In: an agreed second signature of two administrators of two agencies. Out: an ``Admission``: each
of the two hands over half a code, the officer types both and sets a password of their own.
"""

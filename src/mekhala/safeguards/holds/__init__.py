"""A legal hold: what is kept under one number is not erased while it stands (R-24).

In: a second signature under setting or lifting it. Out: ``queries.is_held`` and ``held``, which
whoever erases asks first. Who acts: officers to whom the file is open, of two agencies.
"""

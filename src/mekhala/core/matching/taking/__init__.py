"""Rows of agencies' files, wrong ones too: each accepted, or kept apart with column and reason.

A file is read twice and never held whole: first it is surveyed (digest, rows, in which order its
dates are written), then each row is judged. The same bytes and mapping always give the same rows
under the same numbers, so that an import that was stopped goes on where it stood.
"""

"""Hidden populations from overlapping lists, and prevalence from screened samples.

A researcher's way in: ``read_overlaps`` (or ``from_counts``), then ``independence``,
``stepwise``, or ``panel`` and ``agreement``; for a screened sample ``proportion``.
"""

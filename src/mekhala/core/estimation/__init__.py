"""Hidden populations from overlapping lists, and prevalence from screened samples.

A researcher's way in: ``read_overlaps`` (or ``from_counts``), then ``independence``,
``stepwise``, or ``panel`` and ``agreement``; for a screened sample ``proportion``, and a
module for each other design: ``stratified``, ``two_phase``, ``misclassification``,
``time_location``, ``rds``, ``network_scale_up``.
"""

"""Cohorts of complaints: how many came how far by when, never this year's over this year's."""

"""Hidden populations from overlapping lists, and prevalence from screened samples."""

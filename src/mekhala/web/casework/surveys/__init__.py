"""Sentinel and prevalence surveys."""

"""Runs of the estimators."""

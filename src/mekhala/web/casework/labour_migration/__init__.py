"""Recruitment agencies, workers who leave or complain, village funds."""

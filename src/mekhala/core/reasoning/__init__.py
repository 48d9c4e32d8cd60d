"""Findings in, a reasoned outcome out. What is unknown never counts for or against the person."""

"""Is it safe to serve real people with these settings? Findings, each with what mends it.

Production is an address of casework that begins with https. What is unsafe there keeps the doors
shut, in words; ``mekhala doctor`` says the same at any time. Requirements R-26 and R-60.
"""

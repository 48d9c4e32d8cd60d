"""Opening one file in an emergency: against the rules of access, under everybody's eyes.

In: an officer who helps people, the number of a file that is not open to them, a reason. Out: a
narrow view of that file for an hour, notices at once, a review by another agency. There is no
other way past consent or grants (R-08, R-21).
"""

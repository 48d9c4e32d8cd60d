"""In: licences, placements, complaints, plans to leave. Out: reviews of agencies, encounters, help.

A threshold opens a review by itself; a sanction is decided by a person. What a worker leaves here
(a complaint, a contract, whom to ask after) stands in a file of its own, opened by a grant.
"""

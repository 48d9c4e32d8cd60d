"""In: an accepted referral. Out: a support plan the person agreed to, with follow-up dates.

Nothing in a plan is a condition: not for help, not for a decision, not for staying.
"""

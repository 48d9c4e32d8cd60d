"""In: an accepted referral. Out: a support plan the person agreed to, with follow-up dates."""

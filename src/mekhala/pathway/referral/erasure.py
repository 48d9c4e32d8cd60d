"""What of a request to a service is erased: which house the ministry was asked about, what the
service was told of the person.
"""

PARTS = {
    "location": (
        """update referral_placementquestion set agency_id = null, referral_id = null
          where case_id = of_number""",
    ),
    "person": (
        """update referral_referral set language = '', requirements = '{}'
          where case_id = of_number""",
    ),
}

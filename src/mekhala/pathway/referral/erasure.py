"""What of a request to a service is erased: what it was told of the person."""

PARTS = {
    "person": (
        """update referral_referral set language = '', requirements = '{}'
          where case_id = of_number""",
    ),
}

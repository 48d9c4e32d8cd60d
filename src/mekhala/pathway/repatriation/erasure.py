"""What of a return is erased: what was sealed for the other side, and its number of the case."""

PARTS = {
    "person": (
        """delete from repatriation_exchange where of_return_id in
          (select r.id from repatriation_return r where r.case_id = of_number)""",
        "update repatriation_return set their_number = '' where case_id = of_number",
    ),
}

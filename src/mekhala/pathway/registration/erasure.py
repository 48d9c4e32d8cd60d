"""What of an entry in the register is erased: why it was withdrawn. The entry stays.

So do judgements about one person, without their reasons; how two people compared goes.
"""

from mekhala.safeguards.guards import blank

PARTS = {
    "person": (
        f"""update registration_registration set {blank("withdrawn_because")}
          where case_id = of_number""",
        f"""update registration_samepersonjudgement set {blank("because")}
          where about_id = of_number""",
        """update registration_samepersonquestion set likeness = '{}'
          where of_number in (about_id, asks_of_id)""",
    ),
}

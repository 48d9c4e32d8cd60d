"""What of a support plan is erased: its words. Days and kinds of help stay, for counting."""

from mekhala.safeguards.guards import blank

PARTS = {
    "person": (
        f"update aftercare_supportplan set {blank('goals')} where case_id = of_number",
        f"""update aftercare_plantask set {blank("what")} where plan_id in
          (select p.id from aftercare_supportplan p where p.case_id = of_number)""",
    ),
}

"""What of support is erased: where somebody stayed, then the words. Days and codes stay."""

from mekhala.safeguards.guards import blank

PARTS = {
    "location": (
        f"""update aftercare_stay set agency_id = null, referral_id = null,
          {blank("order_number")} where case_id = of_number""",
    ),
    "person": (
        f"update aftercare_supportplan set {blank('goals')} where case_id = of_number",
        f"""update aftercare_plantask set {blank("what")} where plan_id in
          (select p.id from aftercare_supportplan p where p.case_id = of_number)""",
        f"update aftercare_assessment set {blank('answers', 'words')} where case_id = of_number",
        f"update aftercare_familytrace set {blank('who', 'findings')} where case_id = of_number",
        f"""update aftercare_returnhome set {blank("answers", "reasons", "answer_reasons")}
          where case_id = of_number""",
        "delete from aftercare_naming where case_id = of_number",
        "delete from aftercare_note where case_id = of_number",
    ),
}

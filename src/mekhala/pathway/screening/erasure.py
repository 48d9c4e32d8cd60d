"""What of a screening is erased. What was advised stays, for counting."""

from mekhala.safeguards.guards import blank

PARTS = {
    "person": (
        f"""update screening_screening set profile = '', {blank("answers", "indicators", "because")}
          where case_id = of_number""",
    ),
}

"""What of an entry in the register is erased: why it was withdrawn. The entry stays."""

from mekhala.safeguards.guards import blank

PARTS = {
    "person": (
        f"""update registration_registration set {blank("withdrawn_because")}
          where case_id = of_number""",
    ),
}

"""What of the authority's file is erased: tellings and facts whole, of the rest every word.

What was decided, on which grounds as codes, when and by whom stays.
"""

from mekhala.safeguards.guards import blank

_FILES = "(select f.id from determination_determinationfile f where f.case_id = of_number)"
PARTS = {
    "person": (
        f"delete from determination_factrequest where file_id in {_FILES}",
        f"delete from determination_finding where file_id in {_FILES}",
        f"delete from determination_volition where file_id in {_FILES}",
        f"delete from determination_source where file_id in {_FILES}",
        f"""update determination_clockchange set {blank("because")} where file_id in {_FILES}""",
        f"""update determination_reading set rule_gave = '',
          {blank("reasons", "differs_because")} where file_id in {_FILES}""",
        f"""update determination_decision set {blank("outcome", "reasons")}
          where case_id = of_number""",
        f"""update determination_letter set {blank("content", "pdf", "withdrawn_because")}
          where case_id = of_number""",
        f"""update determination_determinationfile set conduct_from = '', conduct_to = '',
          asked_grounds = '{{}}', {blank("asked_because", "late_because")}
          where case_id = of_number""",
    ),
    "records": (
        f"delete from determination_clockchange where file_id in {_FILES}",
        f"delete from determination_reading where file_id in {_FILES}",
        "delete from determination_recusal where case_id = of_number",
        "delete from determination_letter where case_id = of_number",
    ),
}

"""What of filled forms is erased: of a case's the answers and files, without a case all of it.

Envelopes that wait to be opened go by their own time: nobody knows whose they are. Those of which
a filled form came go with its files.
"""

from mekhala.safeguards.guards import blank

_OF_CASE = "(select s.{column} from questionnaires_submission s where s.case_number = of_number)"
_ALONE = "(select s.id from questionnaires_submission s where s.number = of_number)"
_WHOLE = (
    "update identity_datakey set form = 'destroyed', wrapped = '' where subject = of_number",
    f"delete from questionnaires_attachment where submission_id in {_ALONE}",
    f"delete from questionnaires_sealedenvelope where submission_id in {_ALONE}",
    "delete from questionnaires_submission where number = of_number and case_number = ''",
)
PARTS = {
    "person": (
        f"""update identity_datakey set form = 'destroyed', wrapped = ''
          where subject in {_OF_CASE.format(column="number")}""",
        f"""delete from questionnaires_attachment
          where submission_id in {_OF_CASE.format(column="id")}""",
        f"""delete from questionnaires_sealedenvelope
          where submission_id in {_OF_CASE.format(column="id")}""",
        f"""update questionnaires_submission set {blank("xml", "answers")}
          where case_number = of_number""",
    ),
    "loose_form": _WHOLE,
    "held_form": _WHOLE,
    "practice": _WHOLE,
    "envelopes": ("delete from questionnaires_sealedenvelope where received_at < kept_since",),
}

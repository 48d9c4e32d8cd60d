"""The minimum data set the other side is told, and nothing beside it.

After the standard operating procedures of 3 December 2009 between Cambodia and Viet Nam and the
data both directions need: who the person is, how to go on helping, how far the return has come.
No story, no form of exploitation, no determination, no address.
"""

from typing import Any

from mekhala.pathway.repatriation.models import Return
from mekhala.safeguards.identity.services import Name


def minimum_data(one: Return, name: Name | None) -> dict[str, Any]:
    """Return the data set of a return as JSON; what is not known is null."""
    case = one.case
    return {
        "case_number": one.case_id,
        "their_number": one.their_number or None,
        "corridor": one.corridor,
        "native_name": (name.native_name if name else "") or None,
        "latin_name": (name.latin_name if name else "") or None,
        "birth_date": (name.birth_date if name else "") or None,
        "document_number": (name.national_id if name else "") or None,
        "sex": case.sex,
        "age": case.age,
        "age_certainty": case.age_certainty,
        "nationality": case.nationality or None,
        "language": case.language or None,
        "wants_to_return": _wish(one),
        "checks": _checks(one),
        "steps": [
            {"step": s.step, "side": s.side, "on": s.done_on.isoformat(), "reference": s.reference}
            for s in one.steps_done.all()
        ],
    }


def _wish(one: Return) -> dict[str, str] | None:
    said = one.statements.first()
    return {"said": said.wish, "on": said.said_on.isoformat()} if said else None


def _checks(one: Return) -> dict[str, bool | None]:
    """Return the newest answer to each check that was made."""
    newest: dict[str, bool | None] = {}
    for check in one.checks.all():
        newest.setdefault(check.kind, check.answer)
    return newest

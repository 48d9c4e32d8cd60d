"""Looking whether the person of a case is known, before the person is entered in the register.

Every door that enters somebody asks here first: whoever may be the same person is shown, and said
to be the same, different or not to be told, before anything is entered.
"""

from dataclasses import dataclass
from datetime import datetime

from mekhala.pathway.encounter.models import Case
from mekhala.pathway.registration import candidates, policies, same_person
from mekhala.pathway.registration.candidates import Candidate
from mekhala.safeguards.access.errors import ActRefused
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.identity import services as identities
from mekhala.safeguards.identity.services import Name


@dataclass(frozen=True, kw_only=True)
class Looked:
    """What a look brought: the name it was made with, who was found, why there was none."""

    name: Name | None = None
    open: tuple[Candidate, ...] = ()
    closed: tuple[Candidate, ...] = ()
    refused: str = ""


def look(case: Case, *, by: Officer, at: datetime) -> Looked:
    """Look for the person of ``case`` among all others; of whom it was said already is left out.

    Without a name, or while the key service does not answer, nobody is found and nothing waits.
    """
    try:
        name = identities.show(case.number, by=by, at=at, purpose="registration")
        found = candidates.of(case, name, by=by, at=at) if name else []
    except ActRefused as refusal:
        return Looked(refused=str(refusal))
    said = {one.other for one in same_person.judgements(case) if one.stands}
    return Looked(
        name=name,
        open=tuple(c for c in found if c.is_open and c.number not in said),
        closed=tuple(c for c in found if not c.is_open),
    )


def to_answer_before_entering(case: Case, *, by: Officer, at: datetime) -> Looked | None:
    """Return who has to be answered before ``case`` is entered; None: nothing waits, or who enters
    may not look. An agency that was asked need not have answered: help does not wait for it.
    """
    enters = policies.may_register(by, case, now=at)
    if not (enters and policies.may_look_for_same(by, case.number, now=at)):
        return None
    looked = look(case, by=by, at=at)
    return looked if looked.open or same_person.not_asked(case, looked.closed) else None

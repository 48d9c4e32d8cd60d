"""Who may act on the authority's file, and when. Refuses; changes nothing."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Q

from mekhala.core.vocabulary.facts import PalermoRole, facts
from mekhala.pathway.determination.errors import (
    AdultSaidNo,
    DiffersWithoutReason,
    FileClosed,
    NotDecidable,
    NotImpartial,
    ReasonsMissing,
)
from mekhala.pathway.determination.models import (
    Decision,
    DeterminationFile,
    Element,
    Reading,
    TraffickingStatus,
)
from mekhala.pathway.encounter.models import Case
from mekhala.pathway.encounter.queries import is_known_adult, latest_wish
from mekhala.pathway.screening.models import Screening
from mekhala.safeguards.access import queries as access
from mekhala.safeguards.access.errors import NotOpenToYou, NotYourRole
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Purpose, Role

WHO_REFER = frozenset({Role.FIRST_RESPONDER, Role.REGISTRAR, Role.AUTHORITY})
REFERRED_UNDER = frozenset({Purpose.FIRST_CONTACT, Purpose.REGISTRATION, Purpose.DETERMINATION})


def check_may_refer(by: Officer, case: Case, *, at: datetime) -> None:
    """Refuse other roles, a case that is not open, and an adult who does not want to go on.

    A child, and everybody not known to be an adult, may be referred without consent: the
    authority and social affairs then look at the best interests of the child.
    """
    if by.role not in WHO_REFER:
        raise NotYourRole
    if not access.purposes_for(by, case.number, now=at) & REFERRED_UNDER:
        raise NotOpenToYou
    if is_known_adult(case) and latest_wish(case) is False:
        raise AdultSaidNo


def check_may_work_on(by: Officer, file: DeterminationFile, *, at: datetime) -> None:
    """Refuse who is not of the authority, to whom the file is closed, and a decided file."""
    if by.role != Role.AUTHORITY:
        raise NotYourRole
    if Purpose.DETERMINATION not in access.purposes_for(by, file.case_id, now=at):
        raise NotOpenToYou
    if file.closed_at is not None:
        raise FileClosed


def is_impartial(by: Officer, file: DeterminationFile) -> bool:
    """Return whether ``by`` neither screened the person nor read this or an earlier file."""
    screened = Screening.objects.filter(screened_by=by, case=file.case_id)
    if by.pk == file.screened_by_id or screened.exists():
        return False
    read_before = Reading.objects.filter(reader=by, file__case=file.case_id)
    decided_before = Decision.objects.filter(
        Q(decided_by=by) | Q(second_reader=by), case=file.case_id
    )
    return not read_before.exists() and not decided_before.exists()


def check_impartial(by: Officer, file: DeterminationFile) -> None:
    """Refuse an officer who is not impartial in this file."""
    if not is_impartial(by, file):
        raise NotImpartial


def rule_answer(outcome: Mapping[str, Any]) -> TraffickingStatus | None:
    """Return the status the assessment points to; None while it is undetermined."""
    return {
        "met": TraffickingStatus.RECOGNISED,
        "not_met": TraffickingStatus.NOT_ESTABLISHED,
    }.get(outcome["palermo"]["finding"])


def still_unknown(outcome: Mapping[str, Any]) -> tuple[Element, ...]:
    """Return the needed elements of which nothing is known that a reader could weigh.

    Where sources differ there is something to weigh: the rule leaves such an element open, and
    a reader may settle it with a reason.
    """
    disputed = elements_of(outcome["sources_differ"])
    missing = outcome["palermo"]["missing"]
    return tuple(e for e in Element if e.value in missing and e not in disputed)


def elements_of(codes: Collection[str]) -> frozenset[Element]:
    """Return the Palermo elements that facts with these codes can make out."""
    roles = {facts()[code].palermo for code in codes} - {PalermoRole.NONE}
    return frozenset(
        Element.PURPOSE if role is PalermoRole.PURPOSE_NEEDS_MORE else Element(role.value)
        for role in roles
    )


def check_decidable(
    outcome: Mapping[str, Any], *, answer: TraffickingStatus, reasons: str, differs_because: str
) -> None:
    """Refuse a reading while an element is unknown, or one that differs without saying why."""
    unknown = still_unknown(outcome)
    if outcome["palermo"]["finding"] == "undetermined" and unknown:
        raise NotDecidable([element.label for element in unknown])
    if not reasons.strip():
        raise ReasonsMissing
    if rule_answer(outcome) != answer and not differs_because.strip():
        raise DiffersWithoutReason

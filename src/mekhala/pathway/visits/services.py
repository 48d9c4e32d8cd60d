"""Keeping a visit, showing where it was, and putting the case to it that it led to."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction

from mekhala.core.check_digit import new_number
from mekhala.pathway.encounter.models import Case
from mekhala.pathway.visits import errors, policies
from mekhala.pathway.visits.models import LET_IN, Led, Seen, Visit
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.audit import services as audit


@transaction.atomic
def record_visit(
    *, visited_on: date, kind: str, province_code: str, visitors: Sequence[str], entry: str,
    seen: Mapping[str, bool | None], done: Sequence[str], by: Officer, at: datetime,
    district_code: str = "", address: str = "",
) -> Visit:  # fmt: skip
    """Keep one visit of the officer's agency. What was not said of ``seen`` is not known.

    Raises ``NotYourRole``, ``DayToCome``, ``NoSuchPlace``, ``SawFromOutside``.
    """
    policies.check_may_visit(by)
    policies.check_said(on=visited_on, province=province_code, district=district_code,
                        entry=entry, seen=seen, at=at)  # fmt: skip
    known = {code: seen.get(code) for code in Seen.values} if entry in LET_IN else {}
    kept = Visit(
        number=new_number("VI"), agency=by.agency, visited_on=visited_on, kind=kind,
        province_code=province_code, district_code=district_code, address=address,
        visitors=list(visitors), entry=entry, seen=known, done=list(done), recorded_by=by,
        recorded_at=at,
    )  # fmt: skip
    kept.save(force_insert=True)
    audit.record("visits.recorded", subject=kept.number, by=by, at=at, entry=str(entry))
    return kept


@transaction.atomic
def show_address(visit: Visit, *, by: Officer, at: datetime) -> str:
    """Return where it was; the look is noted. Raises ``NotYourRole``, ``WordsNotOpened``."""
    policies.check_may_visit(by)
    audit.record("visits.address_shown", subject=visit.number, by=by, at=at)
    return str(visit.address)


@transaction.atomic
def put_case(visit: Visit, case: Case, *, by: Officer, at: datetime) -> Led:
    """Keep that the visit led to a case. Raises ``NotOpenToYou``, ``LinkedAlready``."""
    policies.check_may_link(by, case, at=at)
    if Led.objects.filter(visit=visit, case=case).exists():
        raise errors.LinkedAlready
    kept = Led.objects.create(visit=visit, case=case, recorded_by=by, recorded_at=at)
    audit.record("visits.led_to_case", subject=case.number, by=by, at=at)
    return kept

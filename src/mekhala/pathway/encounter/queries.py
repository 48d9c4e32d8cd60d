"""Cases and encounters as one officer may see them. Nothing here changes anything."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from mekhala.pathway.encounter.models import AgeCertainty, Case, Encounter, SafeContact
from mekhala.safeguards.access.models import Grant, Officer

ADULT_AT = 18
DIMENSIONS_OF_REFUSAL = ("month", "province_code", "agency_kind", "age_band", "sex")
FEW = 3000  # grants; with 200,000 cases both ways cost the same there (benchmarks.list_cost)


def visible_to(officer: Officer, *, now: datetime) -> QuerySet[Case]:
    """Return the cases open to ``officer`` at ``now``, for whatever purpose."""
    live = Grant.objects.filter(officer=officer, until__gt=now)
    return Case.objects.filter(number__in=live.values("file_number"))


def newest_first(officer: Officer, *, now: datetime) -> QuerySet[Case]:
    """Return the cases open to ``officer``, the newest first: to be read a page at a time.

    The question starts from the officer's grants and looks each case up. For one with very many,
    row security alone chooses the rows: the database walks the newest and stops after a page.
    """
    live = Grant.objects.filter(officer=officer, until__gt=now).order_by()
    found = Case.objects.order_by("-opened_at", "number")
    if live[FEW : FEW + 1].exists():
        return found
    return found.filter(number__in=live.values("file_number"))


def province_of(case: Case) -> str:
    """Return the province code of the first meeting; empty where no meeting is open to us."""
    first = Encounter.objects.filter(case=case).order_by("met_at", "id").first()
    return first.place_code[:2] if first else ""


def first_met_on(case_number: str) -> date | None:
    """Return the day somebody first met the person; None: not known, or the case is not open to us.

    The database tells the day to whoever helps, and nothing else of the meeting.
    """
    with connection.cursor() as cursor:
        cursor.execute("select encounter_first_met_on(%s)", [case_number])
        found: date | None = cursor.fetchone()[0]
    return found


def latest_wish(case: Case) -> bool | None:
    """Return whether the person wanted to go on when last met; None: not asked, or not said."""
    last = Encounter.objects.filter(case=case).order_by("-met_at", "-id").first()
    return last.consents_to_go_on if last else None


def is_known_adult(case: Case) -> bool:
    """Return whether the person is known to be 18 or more. Everybody else is treated as a child."""
    return (
        case.age_certainty == AgeCertainty.KNOWN and case.age is not None and case.age >= ADULT_AT
    )


@dataclass(frozen=True, kw_only=True)
class Refusals:
    """One line of a table: ``people`` is None where fewer than ten said no, or it could be told."""

    category: str
    people: int | None


def refusals(year: int, by: str) -> Sequence[Refusals]:
    """Return how many said no to going on in a year, by one ``DIMENSIONS_OF_REFUSAL``.

    The database hands out no count below ten, and hides a second one where only one is hidden.
    Empty for everybody but statisticians.
    """
    with connection.cursor() as cursor:
        cursor.execute("select category, people from encounter_refusals(%s, %s)", [year, by])
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return [Refusals(category=category, people=people) for category, people in rows]


def safe_contact_of(case: Case) -> SafeContact | None:
    """Return what the person last said about being reached; None: never asked, so not at all."""
    return SafeContact.objects.filter(case=case).order_by("-asked_at", "-id").first()


def safe_contacts_of(case: Case) -> QuerySet[SafeContact]:
    """Return all that the person ever said about being reached, the latest first."""
    found = SafeContact.objects.filter(case=case).order_by("-asked_at", "-id")
    return found.select_related("asked_by__agency")

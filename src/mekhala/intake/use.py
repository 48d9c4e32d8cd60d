"""How forms are used: sent, how long they took, what was advised. Nobody is scored or ranked.

Times are claims of the phones' clocks. Only what is still kept is counted: a form of which no
case came is erased after 90 days. What concerns people is told from ten on (R-09), and in such
a way that no smaller number can be found by subtracting.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.conf import settings
from django.db import connection
from django.utils import timezone

from mekhala.forms.models import Form
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Role
from mekhala.safeguards.agencies.models import Agency

SMALLEST = 10  # people; fewer are never told
FEWEST_TIMED = 4  # forms with a time, below which quarters say nothing
WHO_SEE = {Role.AUTHORITY, Role.ADMINISTRATOR}


@dataclass(frozen=True, kw_only=True)
class Use:
    """One form in one month, of an agency (no ``officer``) or of one officer of it.

    ``quarters``: lower quarter, middle and upper quarter in seconds, None where fewer than four
    forms say how long they took. Numbers of people: None where they are fewer than ten or would
    show a number that is; of officers always None.
    """

    agency: str
    officer: str
    form_id: str
    form: str
    month: date
    sent: int
    quarters: tuple[int, int, int] | None
    refer: int | None = None
    do_not_refer: int | None = None
    unsure: int | None = None
    refused: int | None = None
    missed: int | None = None


def may_see_use(officer: Officer) -> bool:
    """Answer whether the officer sees how forms are used: all, or those of the own agency."""
    return officer.role in WHO_SEE


def use_of(first: date, last: date) -> list[Use]:
    """Return how forms were used in the months from ``first`` to ``last``, as the actor may see.

    By agency, form and month in the order of the alphabet; each agency's line stands before those
    of its officers. The database answers nothing to any other role.
    """
    after = date(last.year + last.month // 12, last.month % 12 + 1, 1)
    with connection.cursor() as cursor:
        cursor.execute(
            "select * from intake_use(%s, %s, %s)",
            [_begin(first), _begin(after), settings.TIME_ZONE],
        )
        rows = cursor.fetchall()
    agencies = dict(Agency.objects.values_list("pk", "name"))
    wanted = {row[1] for row in rows} - {None}
    officers = dict(Officer.objects.filter(pk__in=wanted).values_list("pk", "shown_as"))
    forms = {form.pk: form for form in Form.objects.filter(pk__in={row[2] for row in rows})}
    found = [
        Use(
            agency=agencies[row[0]], officer=officers.get(row[1], ""), month=row[3], sent=row[4],
            form_id=forms[row[2]].form_id, form=forms[row[2]].title,
            quarters=_quarters(row[5], row[6:9]), **_people(row),
        )
        for row in rows
    ]  # fmt: skip
    return sorted(found, key=lambda u: (u.agency, u.form, u.form_id, u.month, u.officer))


def _begin(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _quarters(timed: int, said: Sequence[float]) -> tuple[int, int, int] | None:
    if timed < FEWEST_TIMED:
        return None
    lower, middle, upper = (round(each) for each in said)
    return lower, middle, upper


def _people(row: Sequence[int | None]) -> dict[str, int | None]:
    if row[1] is not None:
        return {}
    advised = told([row[9] or 0, row[10] or 0, row[11] or 0], of=row[4] or 0)
    names = ("refer", "do_not_refer", "unsure")
    counted = {"refused": row[12], "missed": row[13]}
    return dict(zip(names, advised, strict=True)) | {
        name: value if value is not None and value >= SMALLEST else None
        for name, value in counted.items()
    }


def told(counts: Sequence[int], *, of: int) -> list[int | None]:
    """Return ``counts``, parts of the known total ``of``, with None for what is not told.

    Counts below ten are not told; nor is the smallest of those left while what is not told comes
    to less than ten together, which anybody could subtract. Rule: R-09; complementary suppression,
    Hundepool et al., Statistical Disclosure Control (2012), chapter 4.
    """
    shown: list[int | None] = [each if each >= SMALLEST else None for each in counts]
    while None in shown and any(each is not None for each in shown):
        if of - sum(each for each in shown if each is not None) >= SMALLEST:
            break
        smallest = min(each for each in shown if each is not None)
        shown[shown.index(smallest)] = None
    return shown

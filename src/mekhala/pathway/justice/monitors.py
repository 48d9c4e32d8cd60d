"""Trial monitors: hearings they may go to, and what they saw there. No file is opened to them.

A monitor works as a provider for an agency of the kind that watches trials. The database answers
with numbers, days and places, and takes in what was seen; see migration 0012.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from mekhala.pathway.justice import policies
from mekhala.pathway.justice.errors import NoSuchHearing, WhichAccused
from mekhala.pathway.justice.models import HearingKind
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.audit import services as audit

SEEN = (
    "posted", "lawyer", "interpreter", "complainant_present", "law_explained", "silence_told",
    "could_question", "intimidating", "person_protected", "judge_doubted", "reasons_given",
)  # fmt: skip
REFUSED = {"no_hearing": NoSuchHearing, "which_accused": WhichAccused}


@dataclass(frozen=True, kw_only=True)
class Watchable:
    """A hearing in the calendar of monitors; it names nobody."""

    number: str
    kind: str
    starts_at: datetime
    court: str
    room: str
    accused: list[str]

    @property
    def about(self) -> str:
        """What it is about, in words."""
        return str(HearingKind(self.kind).label)


def hearings_to_watch(*, by: Officer, since: datetime) -> list[Watchable]:
    """Return the hearings open to the public since an instant, the next first.

    Raises ``NotYourRole``.
    """
    policies.check_may_watch(by)
    with connection.cursor() as cursor:
        cursor.execute("select * from justice_hearings_to_watch(%s)", [since])
        names = [column.name for column in cursor.description or ()]
        return [Watchable(**dict(zip(names, row, strict=True))) for row in cursor.fetchall()]


@transaction.atomic
def watch_hearing(
    *, hearing: str, forms: Sequence[str], by: Officer, at: datetime, accused: str = "",
    minutes: int | None = None, **seen: bool | None,
) -> str:  # fmt: skip
    """Keep what a monitor saw at a hearing for one accused; return the number of the accused.

    ``forms`` are the numbers of the filled form and of what it corrects, its own first; the
    entry read from one of them is replaced. ``accused`` may be empty where there is only one.
    Raises ``NotYourRole``, ``NoSuchHearing``, ``WhichAccused``.
    """
    policies.check_may_watch(by)
    said: dict[str, Any] = {"minutes": minutes} | {name: seen.get(name) for name in SEEN}
    number, of = hearing.strip().upper(), accused.strip().upper()
    asked: list[Any] = [number, of, list(forms), json.dumps(said), at]
    with connection.cursor() as cursor:
        cursor.execute("select justice_watched(%s, %s, %s, %s, %s)", asked)
        (answer,) = cursor.fetchone() or ("",)
    if answer in REFUSED:
        raise REFUSED[answer]
    audit.record("justice.hearing_watched", subject=number, by=by, at=at, accused=answer)
    return str(answer)

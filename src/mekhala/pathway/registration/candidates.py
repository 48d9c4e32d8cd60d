"""Who may be the person of a case: found by blind keys, opened, weighed, and forgotten again.

The database counts which people share most of the case's blind keys, rare ones counting more, and
hands over the few it finds, sealed. The key service opens these in one request, within an
allowance of its own; the linker weighs each against the case. What speaks for a pair is kept in
codes, no name and no number of papers, and nothing here decides anything.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.utils import timezone

from mekhala.core.matching.linker.prepared import Prepared, prepared
from mekhala.core.matching.linker.weighing import Weighed, weigh_prepared
from mekhala.pathway.encounter.models import Case
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.audit import services as audit
from mekhala.safeguards.identity import blind_keys, comparing
from mekhala.safeguards.identity.services import Name

MOST = 30  # people opened for one look
COMPARED = "registration.compared"  # that somebody looked, in the log
FROM = 0.5  # from this probability a pair is shown to an officer, as in the review of lists
ALIKE = "select * from registration_people_alike(%s, %s::int[], %s)"


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """One case whose person may be the same; ``is_open``: to the officer who looked."""

    number: str
    is_open: bool
    weighed: Weighed

    @property
    def likeness(self) -> list[str]:
        """How each field that is known of both compares, as codes."""
        known = [part for part in self.weighed.parts if part.level != "unknown"]
        return [f"{part.field}:{part.level}" for part in known]


def of(case: Case, name: Name, *, by: Officer, at: datetime) -> list[Candidate]:
    """Return who may be the person of ``case``, called ``name``, by number: never by likeness.

    Noted once, with how many were opened to compare. Raises ``NotNow`` while the key service does
    not answer, ``LookedTooOften`` beyond its allowance.
    """
    actor = f"officer:{by.pk}"
    found = _alike(case, name, actor=actor)
    opened = comparing.opened(found, subject=case.number, actor=actor)
    audit.record(COMPARED, subject=case.number, by=by, at=at, opened=len(opened))
    mine = prepared(record(name, case))
    likely = [_weighed(row, other, mine) for row, other in opened]
    return sorted((c for c in likely if c.weighed.probability >= FROM), key=lambda c: c.number)


def record(name: Name, case: Case) -> Mapping[str, str]:
    """Return name and case as the linker reads a record."""
    return _record(name, sex=case.sex, age=case.age, nationality=case.nationality,
                   on=timezone.localdate(case.opened_at))  # fmt: skip


def _record(
    name: Name, *, sex: str, age: int | None, nationality: str, on: date
) -> Mapping[str, str]:
    aged = {} if age is None or name.birth_date else {"age": str(age), "age_on": on.isoformat()}
    told = {"female": "F", "male": "M"}.get(sex, "")
    return blind_keys.record_of(vars(name), sex=told, nationality=nationality, **aged)


def _alike(case: Case, name: Name, *, actor: str) -> list[dict[str, Any]]:
    """Return the rows the database finds by the blind keys of a name."""
    keys = blind_keys.asked(blind_keys.record_of(vars(name)), actor=actor)
    if not keys:
        return []
    with connection.cursor() as cursor:
        cursor.execute(ALIKE, [case.number, keys, MOST])
        columns = [column.name for column in cursor.description]
        return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]


def _weighed(row: Mapping[str, Any], name: Name, mine: Prepared) -> Candidate:
    other = _record(name, sex=row["sex"], age=row["age"], nationality=row["nationality"],
                    on=row["opened_on"])  # fmt: skip
    weighed = weigh_prepared(mine, prepared(other))
    return Candidate(number=row["subject"], is_open=row["is_open"], weighed=weighed)

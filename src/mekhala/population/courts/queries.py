"""Questions about cohorts and convictions: each asks one function of the database, for codes."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import QuerySet

from mekhala.core.cohorts.history import History, Rung
from mekhala.core.sentencing.table import Defendant, age_band
from mekhala.population.courts import policies
from mekhala.population.courts.models import Origin, SentencingFile

if TYPE_CHECKING:
    from mekhala.safeguards.access.models import Officer

FIRST_YEAR = 1990
COUNSEL, REST = "counsel", "rest"
OWN_COUNTRY = "KHM"
PRISON = frozenset({"convicted"})


def last_closed_quarter(today: date) -> date:
    """Return the last day of the quarter before ``today``'s: figures change four times a year."""
    return date(today.year, 3 * ((today.month - 1) // 3) + 1, 1) - timedelta(days=1)


def histories(*, as_of: date, by: "Officer") -> list[History]:
    """Return every accused of a complaint made by the end of ``as_of``, as months and rungs.

    ``as_of`` is the last day of a quarter that is over. Raises ``NotYourRole``.
    """
    policies.check_may_count(by)
    with connection.cursor() as cursor:
        cursor.execute("select courts_histories(%s)", [as_of])
        rows = _read(cursor.fetchone())
    return [
        History(
            year=row["year"], complaint=row["complaint"], observed=row["observed"],
            rungs=tuple((Rung(code), months) for code, months in row["rungs"]),
        )
        for row in rows
    ]  # fmt: skip


def convictions(*, last_year: int, by: "Officer") -> list[dict[str, Any]]:
    """Return everybody convicted up to the end of ``last_year``, in codes, in no order.

    Raises ``NotYourRole``. Keys: see the migration that makes ``courts_convictions``.
    """
    policies.check_may_count(by)
    with connection.cursor() as cursor:
        cursor.execute("select courts_convictions(%s)", [last_year])
        return _read(cursor.fetchone())


def _read(answer: tuple[Any, ...]) -> list[dict[str, Any]]:
    (found,) = answer
    return json.loads(found) if isinstance(found, str) else found


def as_proceeding(row: dict[str, Any]) -> dict[str, Any]:
    """Return a conviction as ``core.reasoning.fair_trial`` reads it; what is unknown is absent."""
    hearing = {
        key: "yes" if row[key] is True else "no" if row[key] is False else row[key]
        for key in ("lawyer", "interpreter", "complainant_present", "minutes")
        if row[key] is not None
    }
    relied = row["relied_on"]
    years = row["months"] / 12 if row["months"] is not None else None
    document = {
        "case": "counted", "hearing": hearing,
        "evidence": None if relied is None else [{"kind": kind} for kind in relied],
        "verdict": {"result": row["result"], "statute": row["statute"],
                    "article": row["article"], "sentence_years": years},
    }  # fmt: skip
    return {key: value for key, value in document.items() if value not in (None, {})}


def as_defendant(row: dict[str, Any]) -> Defendant:
    """Return a conviction as a row of a table of sentences."""
    of = {
        "sex": row["sex"] if row["sex"] in ("female", "male", "other") else None,
        "nationality": _own(row["nationality"]),
        "education": row["education"], "occupation": row["occupation"],
        "age_band": None if row["age"] is None else age_band(row["age"]),
        "offence": _code(f"{row['statute']} {row['article']}"),
        "counsel": None if row["lawyer"] is None else "yes" if row["lawyer"] else "no",
    }  # fmt: skip
    months = row["months"] if row["result"] in PRISON else 0
    return Defendant(
        complaint=row["complaint"], months=months, year=row["year"],
        of={name: str(code) for name, code in of.items() if code and code != "unknown"},
    )  # fmt: skip


def _own(nationality: str) -> str | None:
    return None if not nationality else "own" if nationality == OWN_COUNTRY else "other"


def _code(text: str) -> str:
    return "".join(sign if sign.isalnum() else "_" for sign in text.lower())[:40]


def lawyers_tell_a_few(
    convicted: Sequence[dict[str, Any]], sentenced: Sequence[Defendant] | None = None
) -> bool:
    """Answer whether how many had no lawyer, where these are a few, could be worked out.

    From everybody ``convicted``, whom one page counts, less those of a table of sentences beside
    it: each table of the register that is kept, and ``sentenced``, of one about to be.
    """
    from mekhala.core.sentencing.hiding import parts, tells_a_few

    here = everybody = parts([as_defendant(row) for row in convicted], COUNSEL)
    if sentenced is not None:
        here = parts(sentenced, COUNSEL)
        if tells_a_few(here, everybody):
            return True
    tables = (told for file in _of_the_register() if (told := _counsel_of(file)))
    return any(tells_a_few(told, _as_in(told, here)) for told in tables)


def _of_the_register() -> QuerySet[SentencingFile]:
    return files().filter(origin=Origin.REGISTER)


def _counsel_of(file: SentencingFile) -> dict[str, int]:
    """Return what a table tells of lawyers: each group, and the rest together; empty: nothing."""
    for told in file.answer["variables"]:
        if told["variable"] == COUNSEL and told["groups"]:
            return {g["category"]: g["people"] for g in told["groups"]} | {REST: told["unknown"]}
    return {}


def _as_in(told: Mapping[str, int], counted: Mapping[str, int]) -> dict[str, int]:
    """Return a count in the parts of another: what that one does not name together."""
    named = {name: n for name, n in counted.items() if name in told}
    return named | {REST: sum(counted.values()) - sum(named.values())}


def files() -> QuerySet[SentencingFile]:
    """Return the tables that are kept, the latest first, without their rows."""
    return SentencingFile.objects.defer("rows").select_related("taken_by")

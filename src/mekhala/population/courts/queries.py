"""Questions about cohorts and convictions: each asks one function of the database, for codes."""

import json
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import QuerySet

from mekhala.core.cohorts.history import History, Rung
from mekhala.core.sentencing.table import Defendant, age_band
from mekhala.population.courts import policies
from mekhala.population.courts.models import SentencingFile

if TYPE_CHECKING:
    from mekhala.safeguards.access.models import Officer

FIRST_YEAR = 1990
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


def files() -> QuerySet[SentencingFile]:
    """Return the tables that are kept, the latest first, without their rows."""
    return SentencingFile.objects.defer("rows").select_related("taken_by")

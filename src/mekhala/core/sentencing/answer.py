"""Everything that is said of one table of defendants, as it is kept and shown."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from mekhala.core.sentencing.adjusting import LIMITS, models
from mekhala.core.sentencing.describing import FEWEST, by_group, sentenced
from mekhala.core.sentencing.hiding import without, without_few
from mekhala.core.sentencing.table import VARIABLES, Defendant, SentencingTable

MAIN = ("sex", "nationality", "ethnicity", "education", "occupation", "age_band", "offence")


def disparity(
    table: SentencingTable, *, withheld: Sequence[str] = (), level: float = 0.95
) -> dict[str, Any]:
    """Describe the sentences by each variable the table holds, and adjust them.

    Returns ``people``, ``sentenced``, ``not_to_prison``, ``not_known``, ``complaints``, ``level``,
    ``fewest``, ``variables`` (each with ``known``, ``unknown`` or shared by fewer than
    ``fewest``, ``groups`` and ``models``), ``limits`` and
    ``unread``; plain values only, so that it can be kept as JSON. Of the variables in
    ``withheld`` nothing may be told; with them come those of which no group can be.
    """
    every = table.rows
    held = [name for name in VARIABLES if any(name in row.of for row in sentenced(every))]
    rows = without_few(every)
    for name in withheld:
        rows = without(rows, name)
    variables = [_variable(rows, name, level) for name in held if name not in withheld]
    untold = [v["variable"] for v in variables if not v["groups"]]
    return {
        "people": len(rows), "sentenced": len(sentenced(rows)),
        "not_to_prison": sum(row.months == 0 for row in rows),
        "not_known": sum(row.months is None for row in rows),
        "complaints": len({row.complaint for row in rows}),
        "level": level, "fewest": FEWEST, "most_months": table.most,
        "variables": variables,
        "not_held": [name for name in MAIN if name not in held],
        "withheld": [*(name for name in withheld if name in held), *untold],
        "limits": list(LIMITS), "unread": dict(table.unread),
    }  # fmt: skip


def _variable(rows: Sequence[Defendant], name: str, level: float) -> dict[str, Any]:
    groups = by_group(rows, name, level=level)
    known = sum(group.people for group in groups)
    return {
        "variable": name,
        "known": known,
        "unknown": len(sentenced(rows)) - known,
        "groups": [asdict(group) for group in groups],
        "models": [asdict(one) for one in models(rows, name, level=level)],
    }

"""Cohorts as tables, a chart and a file."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from mekhala.core.cohorts.history import Where
from mekhala.core.table_cells import csv_text
from mekhala.web import charts
from mekhala.web.casework.courts import words

if TYPE_CHECKING:
    from mekhala.core.cohorts.funnel import Cohort, ShareThen

AT = 24  # months of the chart
OF_CHART = ("charged", "convicted_first", "dropped")
type Cell = str | dict[str, Any]


def standing(found: "Sequence[Cohort]") -> dict[str, Any]:
    """Return where everybody stands: a row a place, a column a year of complaint."""
    years = [_number(str(cohort.year)) for cohort in found]
    rows: list[list[Cell]] = [
        [str(words.STANDING[where]), *(_count(cohort.standing[where]) for cohort in found)]
        for where in Where
    ]
    rows.append([_("All"), *(_count(cohort.people) for cohort in found)])
    return {"head": [_("Stands now as"), *years], "rows": rows}


def shown(cohort: "Cohort") -> dict[str, Any]:
    """Return one cohort: a row for each rung, a column for each number of months."""
    if not cohort.reached:
        return {"year": cohort.year}
    months = [then.months for then in cohort.reached[0].then]
    return {
        "year": cohort.year,
        "caption": _("Complaints of %(year)s: share that had come so far") % {"year": cohort.year},
        "head": [_("Came as far as"), *(_number(_("%(n)s months") % {"n": n}) for n in months),
                 _number(_("Half had after"))],
        "rows": [
            [str(words.TARGETS[one.target]), *(_number(in_words(then)) for then in one.then),
             _number("–" if one.middle is None else _("%(n)s months") % {"n": one.middle})]
            for one in cohort.reached
        ],
    }  # fmt: skip


def chart(found: "Sequence[Cohort]") -> charts.Chart:
    """Draw the share of each cohort that had come so far after two years."""
    rows = [
        charts.Interval(
            name=f"{cohort.year}: {words.TARGETS[one.target]}",
            point=_percent(then.share), low=_percent(then.low), high=_percent(then.high),
            because=str(words.WHY_NOT.get(then.why_not, "")),
        )
        for cohort in found for one in cohort.reached if one.target in OF_CHART
        for then in one.then if then.months == AT
    ]  # fmt: skip
    says = _("Percent of each year's complaints that had come so far after %(n)s months") % {
        "n": AT
    }
    return charts.intervals("cohorts", says, rows, notes=[says])


def in_words(then: "ShareThen") -> str:
    """Return a share with its interval, or why it is not told."""
    if then.share is None or then.low is None or then.high is None:
        return str(words.WHY_NOT[then.why_not])
    return _("%(share)s %% (%(low)s to %(high)s)") % {
        "share": round(100 * then.share), "low": round(100 * then.low),
        "high": round(100 * then.high),
    }  # fmt: skip


def as_csv(found: "Sequence[Cohort]", as_of: date) -> str:
    """Return the same as CSV, a figure a row; shares lie between 0 and 1."""
    head = ["counted_at", "year", "part", "name", "months", "value", "low", "high", "note"]
    return "\ufeff" + csv_text([head, *([as_of.isoformat(), *row] for row in _rows(found))])


def _rows(found: "Sequence[Cohort]") -> Iterator[list[object]]:
    for cohort in found:
        yield _counted(cohort.year, "all", cohort.people)
        for where in Where:
            yield _counted(cohort.year, where.value, cohort.standing[where])
        for one in cohort.reached:
            for then in one.then:
                told = [
                    None if n is None else round(n, 4) for n in (then.share, then.low, then.high)
                ]
                yield [cohort.year, "reached", one.target, then.months, *told, then.why_not]
            yield [cohort.year, "half_after", one.target, one.middle, None, None, None, ""]


def _counted(year: int, name: str, count: int | None) -> list[object]:
    return [year, "standing", name, None, count, None, None, "withheld" if count is None else ""]


def _percent(share: float | None) -> float | None:
    return None if share is None else 100 * share


def _count(count: int | None) -> Cell:
    return _number(_("Not shown") if count is None else charts.whole(count))


def _number(text: str) -> Cell:
    return {"text": text, "numeric": True}

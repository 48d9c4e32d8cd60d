"""The totals as a file: a row for each figure, empty where it is not told."""

from collections.abc import Iterator

from mekhala.core.table_cells import csv_text
from mekhala.pathway.determination.quality import Quality, Share, StageQuality
from mekhala.web.casework.quality.tables import AGAIN, OUTCOMES, WAITING, named, why_not

HEAD = ["period", "part", "stage", "name", "figure", "value", "low", "high", "note"]
type Row = tuple[str, str, str, str, object, object, object, str]


def as_csv(found: Quality, period: str) -> str:
    """Return the totals as CSV; shares and the ends of their intervals lie between 0 and 1."""
    found_rows = (*_of_stages(found), *_of_rows(found), *_of_spread(found))
    return "\ufeff" + csv_text([HEAD, *([period, *map(_plain, row)] for row in found_rows)])


def _of_stages(found: Quality) -> Iterator[Row]:
    for stage in found.stages:
        few = "" if stage.decided else why_not(stage.decided)
        yield _figure(stage, "decided", stage.decided, few if stage.decided is None else "")
        for field, _words in OUTCOMES:
            yield _figure(stage, field, getattr(stage.told, field, None), few)
        for field, _words in (*AGAIN, *WAITING):
            value = getattr(stage, field)
            yield _figure(stage, field, value, why_not(stage.reconsidered) if value is None else "")


def _figure(stage: StageQuality, field: str, value: object, note: str) -> Row:
    return "stage", stage.stage, "", field, value, None, None, note


def _of_rows(found: Quality) -> Iterator[Row]:
    for part, rows in (("referrer", found.referrers), ("reader", found.readers)):
        for row in rows or ():
            low, high = row.interval or (None, None)
            note = why_not(None) if row.decided is None else ""
            yield part, row.stage, named(row), "decided", row.decided, None, None, note
            yield part, row.stage, named(row), "positive_share", _share(row), low, high, note


def _of_spread(found: Quality) -> Iterator[Row]:
    for row in found.spread or ():
        for field in ("readers", "lowest", "middle", "highest"):
            yield "spread", row.stage, "", field, getattr(row, field), None, None, ""


def _share(row: Share) -> float | None:
    return row.positive / row.decided if row.positive is not None and row.decided else None


def _plain(cell: object) -> str:
    if cell is None:
        return ""
    return f"{cell:.3f}" if isinstance(cell, float) else str(cell)

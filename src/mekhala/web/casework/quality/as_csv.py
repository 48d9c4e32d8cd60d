"""The totals as a file: a row for each figure, empty where it is not told."""

import csv
import io
from collections.abc import Iterator

from django.utils.translation import gettext as _

from mekhala.pathway.determination.quality import Quality, Share
from mekhala.web.casework.quality.tables import AGAIN, OUTCOMES, WAITING, named
from mekhala.web.figures import safe

HEAD = ["period", "part", "stage", "name", "figure", "value", "low", "high", "note"]
type Row = tuple[str, str, str, str, object, object, object]


def as_csv(found: Quality, period: str) -> str:
    """Return the totals as CSV; shares and the ends of their intervals lie between 0 and 1."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\r\n")
    rows.writerow(HEAD)
    for row in (*_of_stages(found), *_of_rows(found), *_of_spread(found)):
        note = _("Not shown: too few") if row[4] is None else ""
        rows.writerow([safe(_plain(cell)) for cell in (period, *row, note)])
    return "\ufeff" + text.getvalue()


def _of_stages(found: Quality) -> Iterator[Row]:
    for stage in found.stages:
        yield "stage", stage.stage, "", "decided", stage.decided, None, None
        for field, _words in OUTCOMES:
            yield "stage", stage.stage, "", field, getattr(stage.told, field, None), None, None
        for field, _words in (*AGAIN, *WAITING):
            yield "stage", stage.stage, "", field, getattr(stage, field), None, None


def _of_rows(found: Quality) -> Iterator[Row]:
    for part, rows in (("referrer", found.referrers), ("reader", found.readers)):
        for row in rows or ():
            low, high = row.interval or (None, None)
            yield part, row.stage, named(row), "decided", row.decided, None, None
            yield part, row.stage, named(row), "positive_share", _share(row), low, high


def _of_spread(found: Quality) -> Iterator[Row]:
    for row in found.spread or ():
        for field in ("readers", "lowest", "middle", "highest"):
            yield "spread", row.stage, "", field, getattr(row, field), None, None


def _share(row: Share) -> float | None:
    return row.positive / row.decided if row.positive is not None and row.decided else None


def _plain(cell: object) -> str:
    if cell is None:
        return ""
    return f"{cell:.3f}" if isinstance(cell, float) else str(cell)

"""The totals as rows of tables. The same for every reader and agency, in order of name."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from mekhala.pathway.determination.models import Stage
from mekhala.pathway.determination.quality import FEWEST, Quality, Share, Spread, StageQuality
from mekhala.web.charts import whole

type Cell = str | dict[str, Any]

OUTCOMES = (  # field of Told, in words; the field is the name of the figure in the file
    ("positive", gettext_lazy("Answered positively")),
    ("negative", gettext_lazy("Answered negatively")),
    ("median_days", gettext_lazy("Days to the decision: half took no longer than")),
    ("p90_days", gettext_lazy("Days to the decision: nine in ten took no longer than")),
    ("late", gettext_lazy("Decided after the day it was due")),
    ("overrides", gettext_lazy("Left what the rule gives, with a reason")),
    ("further_reader", gettext_lazy("Needed more than two readers")),
    ("with_unknown", gettext_lazy("An element was still unknown")),
    ("act_unknown", gettext_lazy("Of these: the act")),
    ("means_unknown", gettext_lazy("Of these: the means")),
    ("purpose_unknown", gettext_lazy("Of these: the purpose")),
    ("sources_differ", gettext_lazy("Sources differed about a fact")),
)
AGAIN = (  # fields of StageQuality
    ("asked_again", gettext_lazy("Asked to be looked at again")),
    ("reconsidered", gettext_lazy("Looked at again and decided")),
    ("overturned", gettext_lazy("Of these: answered otherwise than before")),
)
WAITING = (
    ("waiting_for_facts", gettext_lazy("Wait for a fact that was asked for")),
    ("overdue", gettext_lazy("Overdue")),
    ("paused", gettext_lazy("The clock stands still")),
)


def stage_words(stage: str) -> str:
    """Return the name of a stage in the reader's language."""
    return str(Stage(stage).label)


def head(first: str) -> list[Cell]:
    """Return the head of a table with a column for each stage."""
    return [first, *(_number(stage_words(stage)) for stage in Stage.values)]


def outcomes(found: Quality) -> list[list[Cell]]:
    """Return how many were decided and what is told of them: a row a figure, a column a stage."""
    return [
        _row(_("Decided"), [_few(stage.decided) for stage in found.stages]),
        *(_row(words, [_of(stage, field) for stage in found.stages]) for field, words in OUTCOMES),
    ]


def again(found: Quality) -> list[list[Cell]]:
    """Return what became of decisions that were looked at again."""
    return [_row(words, [_again(s, field) for s in found.stages]) for field, words in AGAIN]


def waiting(found: Quality) -> list[list[Cell]]:
    """Return how many questions wait now, and for what."""
    return [
        _row(words, [whole(getattr(stage, field)) for stage in found.stages])
        for field, words in WAITING
    ]


@dataclass(frozen=True, kw_only=True)
class StageTable:
    """The rows of one stage that are told, and the names of those that are not, in one order."""

    stage: str
    rows: list[list[Cell]]
    hidden: list[str]

    @property
    def hidden_names(self) -> str:
        """The names of the rows that are not told, as a list to read."""
        return "; ".join(self.hidden)


def by_stage(rows: Sequence[Share] | None) -> list[StageTable]:
    """Return a table for each stage that has rows."""
    return [
        StageTable(
            stage=stage_words(stage),
            rows=[[_name(r), *map(_number, _told(r))] for r in here if r.decided is not None],
            hidden=[_name(r) for r in here if r.decided is None],
        )
        for stage in Stage.values
        if (here := [row for row in rows or () if row.stage == stage])
    ]


def spread_rows(rows: Sequence[Spread] | None) -> list[list[Cell]]:
    """Return how far the readers' shares lie apart, a row a stage."""
    return [
        [stage_words(r.stage), *map(_number, (whole(r.readers), *map(
            percent, (r.lowest, r.middle, r.highest))))]
        for r in rows or ()
    ]  # fmt: skip


def percent(share: float) -> str:
    """Return a share as whole percent: ten readings carry no more."""
    return _("%(share)s %%") % {"share": round(100 * share)}


def named(row: Share) -> str:
    """Return the agency's name in the reader's language, or the reader's service number."""
    khmer = (get_language() or "").startswith("km")
    return (khmer and row.name_km) or row.name


def _name(row: Share) -> str:
    return _("%(reader)s (you)") % {"reader": row.name} if row.is_own else named(row)


def _told(row: Share) -> tuple[str, str, str]:
    assert row.decided and row.positive is not None and row.interval  # noqa: PT018 - a told row
    low, high = row.interval
    between = _("%(low)s to %(high)s") % {"low": percent(low), "high": percent(high)}
    return whole(row.decided), percent(row.positive / row.decided), between


def _row(words: object, values: Sequence[str]) -> list[Cell]:
    return [str(words), *map(_number, values)]


def _of(stage: StageQuality, field: str) -> str:
    if stage.told is None:
        return why_not(stage.decided)
    value = getattr(stage.told, field)
    return number_format(value, 1) if field.endswith("_days") else whole(value)


def _again(stage: StageQuality, field: str) -> str:
    if field == "overturned" and stage.overturned is None:
        return why_not(stage.reconsidered)
    return _few(getattr(stage, field))


def why_not(count: int | None) -> str:
    """Return why nothing is told of so many: there were none, or too few (None)."""
    return _("Not shown") if count is None else _("None decided")


def _few(count: int | None) -> str:
    return _("fewer than %(small)s") % {"small": FEWEST} if count is None else whole(count)


def _number(text: str) -> Cell:
    return {"text": text, "numeric": True}

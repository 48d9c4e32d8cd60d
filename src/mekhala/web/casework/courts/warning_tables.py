"""What convictions rest on: each warning of the fair-trial review, over all of them."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from mekhala.core.table_cells import csv_text
from mekhala.population.courts import queries
from mekhala.web.charts import whole

if TYPE_CHECKING:
    from mekhala.core.cohorts.quality import Judged, WarningShare

# Those the counted codes can answer; the rest of the review needs the file itself.
CODES = (
    "confession_only", "single_uncorroborated_source", "no_lawyer", "no_complainant_at_hearing",
    "hearing_too_short", "sentence_outside_range",
)  # fmt: skip
ANY = "any_of_these"


def counted(rows: Iterable[dict[str, Any]]) -> "list[Judged]":
    """Review every conviction by its codes."""
    from mekhala.core.cohorts.quality import Judged, any_of
    from mekhala.core.reasoning.fair_trial.review import review

    found = []
    for row in rows:
        told = review(queries.as_proceeding(row)).told
        raised = {code: told[code].raised for code in CODES}
        one = Judged(complaint=row["complaint"], raised=raised)
        found.append(Judged(complaint=one.complaint, raised=raised | {
            ANY: any_of(CODES, one)}))  # fmt: skip
    return found


def page(rows: "list[Judged]", withheld: frozenset[str]) -> dict[str, Any]:
    """Return the table of the page; of the warnings in ``withheld`` nothing is told."""
    return {
        "people": len(rows),
        "head": [_("Warning"), *map(_number, (
            _("Raised"), _("Not raised"), _("Cannot be told"), _("Share of those known"),
            _("If the others were alike")))],
        "rows": [[_name(s), *map(_number, _cells(s))] for s in _shares(rows, withheld)],
    }  # fmt: skip


def as_csv(rows: "list[Judged]", year: int, withheld: frozenset[str]) -> str:
    """Return the same as CSV; shares lie between 0 and 1, a withheld row is empty."""
    head = ["up_to", "warning", "raised", "not_raised", "unknown", "share", "low", "high",
            "least", "most"]  # fmt: skip
    told = (
        [year, s.code, s.raised, s.not_raised, s.unknown,
         *(None if n is None else round(n, 4) for n in (s.share, s.low, s.high, s.least, s.most))]
        for s in _shares(rows, withheld)
    )  # fmt: skip
    return "\ufeff" + csv_text([head, *told])


def _shares(rows: "list[Judged]", withheld: frozenset[str]) -> "list[WarningShare]":
    from mekhala.core.cohorts.quality import WarningShare, warning_shares

    found = warning_shares(rows, [*CODES, ANY])
    return [WarningShare(code=s.code) if s.code in withheld else s for s in found]


def _name(share: "WarningShare") -> str:
    from mekhala.core.reasoning.fair_trial.flags import flags

    return _("Any of these") if share.code == ANY else _(flags()[share.code].meaning)


def _cells(s: "WarningShare") -> list[str]:
    if s.raised is None or s.not_raised is None or s.unknown is None:
        return [_("Not shown")] * 5
    counts = [whole(n) for n in (s.raised, s.not_raised, s.unknown)]
    if s.share is None or s.low is None or s.high is None or s.least is None or s.most is None:
        return [*counts, "–", "–"]
    shares = (s.share, s.low, s.high, s.least, s.most)
    share, low, high, least, most = (round(100 * n) for n in shares)
    between = _("%(share)s %% (%(low)s to %(high)s)") % {"share": share, "low": low, "high": high}
    return [*counts, between, _("%(low)s to %(high)s %%") % {"low": least, "high": most}]


def _number(text: str) -> dict[str, Any]:
    return {"text": text, "numeric": True}

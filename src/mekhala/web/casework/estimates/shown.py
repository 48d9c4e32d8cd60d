"""What the page of a run shows: the panel before any number, and the same as tables."""

from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mekhala.core.estimation.estimate import Estimate, Warned
from mekhala.core.estimation.tables import OverlapTable
from mekhala.core.estimation.wording import is_bound, span
from mekhala.population.estimates import queries
from mekhala.population.estimates.models import EstimateRun, Repeat
from mekhala.web import charts, curves
from mekhala.web.casework.estimates import cautions, words
from mekhala.web.casework.estimates.cautions import why_not_drawn
from mekhala.web.casework.estimates.words import name_of

RATIOS = [(1 / 3, "1/3"), (1 / 2, "1/2"), (1, "1"), (2, "2"), (3, "3")]


def estimates_of(run: EstimateRun) -> list[Estimate]:
    """Return the estimates of a run as the library answered them."""
    return [Estimate.from_dict(told) for told in queries.estimates_of(run)]


def told(estimates: list[Estimate], table: OverlapTable) -> list[dict[str, Any]]:
    """Return what each method rests on; warnings all methods have are left to ``common``."""
    shared = common(estimates)
    return [
        {
            "name": name_of(e.method), "assumption": words.assumption(e),
            "model": words.model(e, table), "reference": words.reference(e),
            "warnings": [cautions.told(w) for w in e.warnings if w not in shared],
        }
        for e in estimates
    ]  # fmt: skip


def common(estimates: list[Estimate]) -> list[Warned]:
    """Return the warnings that every one of several methods has: they follow from the lists."""
    if len(estimates) < 2:
        return []
    first, *others = estimates
    return [w for w in first.warnings if all(w in e.warnings for e in others)]


def of_lists(run: EstimateRun, estimates: list[Estimate]) -> list[dict[str, str]]:
    """Return what is to be told of the lists and is not among the warnings of every method."""
    gate = (run.result or {}).get("gate") or {"warnings": []}
    said = {w.code for w in common(estimates)}
    return [cautions.told(w) for w in gate["warnings"] if w["code"] not in said]


def why_no_number(run: EstimateRun) -> list[dict[str, str]]:
    """Return why a run gives no number: what refused it, or the reasons of its panel's verdict."""
    agreed = (run.result or {}).get("agreement") or {}
    kept = queries.reasons_of(run) or agreed.get("reasons", [])
    return [cautions.told(reason) for reason in kept]


def row(of: Estimate, table: OverlapTable) -> list[object]:
    """Return one method as a row: no number where none is finite or it did not settle."""
    why, name, model = why_not_drawn(of), name_of(of.method), words.model(of, table)
    if why is not None:
        told = why_in_words(of)
        return [name, *({"text": told, "numeric": True},) * 3, model, why]
    least = _("at least %(number)s") if is_bound(of) else "%(number)s"
    high = _("not bounded") if of.high is None else charts.whole(of.high)
    point, low = least % {"number": charts.whole(of.estimate or 0)}, charts.whole(of.low or 0)
    numbers = [{"text": text, "numeric": True} for text in (point, low, high)]
    return [name, *numbers, model, words.covers(of)]


def why_in_words(of: Estimate) -> str:
    """Return why an estimate has no mark, in two or three words."""
    return _("No finite number") if of.estimate is None else _("Did not settle")


def panel_chart(run: EstimateRun, estimates: list[Estimate]) -> charts.Chart:
    """Return the methods side by side on one axis from zero."""
    rows = [_interval(e) for e in estimates]
    drawn = [
        _("%(name)s: from %(low)s to %(high)s") % {
            "name": r.name, "low": charts.whole(r.low), "high": charts.whole(r.high)
        }
        for r in rows if r.low is not None and r.high is not None
    ]  # fmt: skip
    says = (
        _("People in all, seen and never seen, by each method, from zero.") + " " + "; ".join(drawn)
    )
    return charts.intervals("methods", says, rows, notes=_notes(run, estimates))


def _interval(of: Estimate) -> charts.Interval:
    name = name_of(of.method)
    if why_not_drawn(of) is not None:
        because = _("%(why)s: see the warnings") % {"why": why_in_words(of)}
        return charts.Interval(name=name, point=None, low=None, high=None, because=because)
    return charts.Interval(
        name=name, point=of.estimate, low=of.low, high=of.high, is_bound=is_bound(of),
        because=_("No upper end: see the warnings"),
    )  # fmt: skip


def _notes(run: EstimateRun, estimates: list[Estimate]) -> list[str]:
    return [
        _("People on at least one list: %(seen)s. Lists: %(lists)s.") % {
            "seen": charts.whole(run.table.people), "lists": ", ".join(run.table.lists),
        },
        _("Intervals of %(level)s %%: %(kinds)s. Run %(run)s, %(day)s.") % {
            "level": f"{run.level * 100:g}", "run": f"R-{run.pk}",
            "kinds": ", ".join(dict.fromkeys(map(words.interval, estimates))),
            "day": date_format(timezone.localtime(run.done_at or run.asked_at)),
        },
    ]  # fmt: skip


def ties_chart(run: EstimateRun) -> curves.Curve | None:
    """Return the curve along the tie nobody can test; None where there is none."""
    kept = (run.result or {}).get("ties")
    if not kept:
        return None
    points = curves.Points(
        ratios=kept["xi"], totals=kept["totals"], lows=kept["lows"], highs=kept["highs"]
    )
    marks = [
        curves.Mark(name=str(n), ratio=p["xi"], total=p["total"])
        for n, p in enumerate(kept["places"], start=1)
    ]
    says = _("Without the tie %(middle)s people in all; at a third of it %(low)s, at three times "
             "%(high)s.") % {
        "low": charts.whole(points.totals[0]), "high": charts.whole(points.totals[-1]),
        "middle": charts.whole(points.totals[len(points.totals) // 2]),
    }  # fmt: skip
    two = _("Odds ratio between the two lists (1: independent)")
    more = _("Tie between all lists at once (1: none)")
    return curves.curve(
        says, two if kept["lists"] == 2 else more, points, marks, ratios=RATIOS,
        steps=charts.axis(max(points.highs)), notes=_notes(run, [])[:1],
    )  # fmt: skip


def ties_rows(run: EstimateRun) -> list[list[object]]:
    """Return the tie that gives each method's number: as numbered on the curve, then beyond it."""
    kept = (run.result or {}).get("ties") or {"places": [], "outside": []}
    on_curve = [(str(n), p) for n, p in enumerate(kept["places"], start=1)]
    return [
        [", ".join(map(name_of, p["methods"])), {"text": number, "numeric": True},
         {"text": f"{p['xi']:.2f}", "numeric": True},
         {"text": charts.whole(p["total"]), "numeric": True}]
        for number, p in [*on_curve, *(("–", p) for p in kept["outside"])]
    ]  # fmt: skip


def sentence(run: EstimateRun, estimates: list[Estimate]) -> str:
    """Return the one sentence that may be said, with all its conditions; "" where none may."""
    found = span(estimates)
    if found is None:
        return ""
    said = _("Between %(low)s and %(high)s people in all, %(seen)s of them seen, by %(methods)s "
             "(%(level)s %% intervals, run %(run)s, %(day)s), if what each method takes for "
             "granted holds. Not covered: people who by rule can be on no list, other years, and "
             "wrong links between records.")  # fmt: skip
    return said % {
        "low": charts.whole(found.low), "high": charts.whole(found.high),
        "seen": charts.whole(run.table.people), "level": f"{run.level * 100:g}",
        "methods": ", ".join(name_of(e.method) for e in found.estimates), "run": f"R-{run.pk}",
        "day": date_format(timezone.localtime(run.done_at or run.asked_at)),
    }  # fmt: skip


def differing(repeat: Repeat) -> str:
    """Return in what a repeat differs: the fields, by method; "" where it is equal."""
    by_method: dict[str, list[str]] = {}
    for found in repeat.differs:
        by_method.setdefault(found["method"], []).append(found["field"])
    return "; ".join(
        f"{name_of(method)}: {', '.join(fields)}" if method else ", ".join(fields)
        for method, fields in by_method.items()
    )

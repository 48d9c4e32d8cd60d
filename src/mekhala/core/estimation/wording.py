"""Estimates in words: numbers of people and shares as they are written, sentences with conditions.

Thousands are set apart by a narrow no-break space: 13,444 and 13.444 mean different things in
neighbouring countries.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mekhala.core.estimation.estimate import Estimate, Quantity, Warned

NARROW = "\u202f"
LOWER_BOUND = "lower_bound"
UNSETTLED = frozenset({"chains_disagree"})  # such a number is one story of several: no mark drawn
NONE_COVERS = (
    "people who by rule can be on no list",
    "people who had no chance of being met by any of these agencies",
    "other years, other places and other definitions",
)


def whole(number: float) -> str:
    """Return a number of people with a narrow space between thousands."""
    return f"{round(number):,}".replace(",", NARROW)


def amount(of: Estimate, value: float | None) -> str:
    """Return ``value`` as ``of`` counts: people, or a share in per cent."""
    if value is None:
        return "no finite number"
    return whole(value) if of.of is Quantity.PEOPLE else f"{value:.1%}"


def is_bound(of: Estimate) -> bool:
    """Return whether the number is a lower bound, to be read as "at least"."""
    return of.interval == LOWER_BOUND


def decisive(of: Estimate) -> Warned | None:
    """Return the warning for which no mark may be drawn; None where none stands in the way."""
    if of.estimate is None:
        reasons = [w for w in of.warnings if w.code != "not_identified_without_assumption"]
        return reasons[-1] if reasons else None
    return next((w for w in of.warnings if w.code in UNSETTLED), None)


def why_not_drawn(of: Estimate) -> str | None:
    """Return why no mark may be drawn for an estimate; None where one may."""
    found = decisive(of)
    if of.estimate is None:
        return f"No finite number: {found.because}" if found else "No finite number"
    return f"Did not settle: {found.because}" if found else None


def between(of: Estimate) -> str:
    """Return the interval in words, or that there is none."""
    if of.low is None:
        return "no interval"
    if of.high is None:
        return f"{amount(of, of.low)} or more"
    return f"between {amount(of, of.low)} and {amount(of, of.high)}"


def number_in_words(of: Estimate) -> str:
    """Return point and interval in one line, never the one without the other."""
    if of.estimate is None:
        return f"{of.method}: no finite number can be given"
    what = "people in all" if of.of is Quantity.PEOPLE else "of those observed"
    kind = f"{of.level * 100:g} % {of.interval.replace('_', ' ')}"
    least = "at least " if is_bound(of) else ""
    return f"{of.method}: {least}{amount(of, of.estimate)} {what}; {between(of)} ({kind})"


def in_words(of: Estimate) -> str:
    """Return the whole estimate in words, a line for each thing it rests on."""
    settled = why_not_drawn(of) if of.estimate is not None else None
    lines = [
        number_in_words(of),
        f"  observed: {whole(of.observed)}",
        *([f"  {settled}"] if settled else []),
        f"  model: {of.model}",
        f"  the interval covers: {of.covers}",
        f"  takes for granted: {of.assumption}",
        *(f"  {warned.code}: {warned.because}" for warned in of.warnings),
        f"  after: {of.reference}",
        f"  to repeat: seed {of.seed}, {of.bootstrap} replicates, data {of.data_hash[:12]}, "
        f"version {of.version}",
    ]
    return "\n".join(lines)


def not_covered(estimates: Sequence[Estimate]) -> list[str]:
    """Return what no interval of the panel covers; wrong links stand there unless one is told."""
    linked = any("linkage" in e.covers and "not errors of linkage" not in e.covers
                 for e in estimates)  # fmt: skip
    return [*NONE_COVERS, *(() if linked else ("records joined, or kept apart, by mistake",))]


@dataclass(frozen=True, kw_only=True)
class Span:
    """From the lowest to the highest limit (people) of the ``estimates`` that give a number."""

    low: float
    high: float
    estimates: tuple[Estimate, ...]


def span(estimates: Sequence[Estimate]) -> Span | None:
    """Return what the intervals of a panel span together; None where one of them has no end.

    Lower bounds and numbers that did not settle are left out.
    """
    shown = tuple(e for e in estimates if why_not_drawn(e) is None and not is_bound(e))
    lows = [e.low for e in shown if e.low is not None]
    highs = [e.high for e in shown if e.high is not None]
    if not shown or len(lows) < len(shown) or len(highs) < len(shown):
        return None
    return Span(low=min(lows), high=max(highs), estimates=shown)


def one_sentence(estimates: Sequence[Estimate], made: str = "") -> str | None:
    """Return the one sentence that may be said of a panel, with its conditions; None: nothing may.

    It spans every method that gives a number, so that no method is chosen for the reader.
    ``made`` is the day, as it shall be written.
    """
    found = span(estimates)
    if found is None:
        return None
    first, day = found.estimates[0], f", {made}" if made else ""
    return (
        f"Between {amount(first, found.low)} and {amount(first, found.high)} people in all, "
        f"{whole(first.observed)} of them seen, by {_joined(found.estimates)} "
        f"({first.level * 100:g} % intervals{day}), if what each method takes for granted holds; "
        f"none covers {'; '.join(not_covered(estimates))}."
    )


def _joined(estimates: Iterable[Estimate]) -> str:
    names = [e.method for e in estimates]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"

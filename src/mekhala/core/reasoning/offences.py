"""Which offences the findings make out, with the aggravations and the range that follows."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from mekhala.core.law.statute import Displacement, Penalty, Period, Provision
from mekhala.core.reasoning.conduct import Conduct, period_in_words
from mekhala.core.reasoning.displacement import Standing, later_law, meeting_in_words, standing_of
from mekhala.core.reasoning.liability import Liability
from mekhala.core.reasoning.logic import Findings, explain
from mekhala.core.reasoning.outcome import ElementOutcome, Finding, joined, weigh_elements


@dataclass(frozen=True, kw_only=True)
class OffenceOutcome:
    """One provision under the findings."""

    provision: Provision
    elements: tuple[ElementOutcome, ...]
    finding: Finding
    missing: tuple[str, ...]
    aggravated_by: tuple[str, ...]
    possible_aggravation: tuple[str, ...]  # rests on a presumption about the person's age
    aggravations_to_ask: tuple[str, ...]  # rests on facts nobody has asked about
    certainly_in_force: bool
    displaced_by: tuple[Displacement, ...] = ()  # later provisions on the same matter, in force
    standing: Standing = Standing.STANDS
    liability: Liability | None = None

    @property
    def penalty(self) -> Penalty | None:
        """The range that follows from what is found; a presumption never raises it."""
        if self.aggravated_by:
            return _heaviest(self.provision, self.aggravated_by)
        return self.provision.penalty

    @property
    def penalty_if_aggravated(self) -> Penalty | None:
        """The range that would follow if an open aggravation were found; None if none is open."""
        still_open = (*self.possible_aggravation, *self.aggravations_to_ask)
        raised, now = _heaviest(self.provision, still_open), self.penalty
        heavier = raised and (now is None or raised.max_years > now.max_years)
        return raised if heavier else None

    @property
    def highest_penalty(self) -> Penalty | None:
        """The heaviest range that unknown aggravations leave possible; None if not known."""
        ranges = {a.name: a.penalty for a in self.provision.aggravations}
        open_or_found = (*self.aggravated_by, *self.possible_aggravation, *self.aggravations_to_ask)
        if any(ranges[name] is None for name in open_or_found):
            return None
        return self.penalty_if_aggravated or self.penalty

    @property
    def why(self) -> tuple[str, ...]:
        """The reasons, one sentence each."""
        in_force = period_in_words(self.provision.in_force)
        doubt = "" if self.certainly_in_force else "; whether it governs this conduct is open"
        lines = [*(e.because for e in self.elements), *_aggravation_reasons(self)]
        lines += [meeting_in_words(later) for later in self.displaced_by]
        return (*lines, f"Text in force {in_force}{doubt}.")

    def as_answer(self) -> dict[str, object]:
        """Return the offence as ``mekhala assess`` prints it."""
        provision = self.provision
        return {
            "statute": provision.statute,
            "article": provision.article,
            "title": provision.title,
            "finding": self.finding.value,
            "missing": list(self.missing),
            "elements": [e.as_answer() for e in self.elements],
            "aggravated_by": list(self.aggravated_by),
            "possible_aggravation": list(self.possible_aggravation),
            "aggravations_to_ask": list(self.aggravations_to_ask),
            "penalty": _range(self.penalty),
            "fine_riel": _fine(self.penalty),
            "penalty_in_words": self.penalty.in_words if self.penalty else None,
            "penalty_if_aggravated": _range(self.penalty_if_aggravated),
            "in_force": _period(provision.in_force),
            "governs": "certainly" if self.certainly_in_force else "possibly",
            "standing": self.standing.value,
            "displaced_by": [_later(each) for each in self.displaced_by],
            "liability": self.liability.as_answer() if self.liability else None,
            "source": provision.source,
            "verified": provision.verified,
            "note": provision.note,
            "why": list(self.why),
        }


def weigh_offence(provision: Provision, findings: Findings, conduct: Conduct) -> OffenceOutcome:
    """Weigh one provision: each element, each aggravation, and whether it governs."""
    elements = weigh_elements(provision.elements, findings)
    finding, missing = joined(elements)
    raised = {a.name: explain(a.asks, findings) for a in provision.aggravations}
    unknown = [name for name, e in raised.items() if e.value is None]
    presumed = tuple(name for name in unknown if raised[name].code.startswith("person."))
    return OffenceOutcome(
        provision=provision,
        elements=elements,
        finding=finding,
        missing=missing,
        aggravated_by=tuple(name for name, e in raised.items() if e.value is True),
        possible_aggravation=presumed,
        aggravations_to_ask=tuple(name for name in unknown if name not in presumed),
        certainly_in_force=provision.in_force.holds(conduct.span),
        displaced_by=later_law(provision, conduct),
        standing=standing_of(provision, conduct),
    )


def most_specific_first(outcomes: Iterable[OffenceOutcome]) -> tuple[OffenceOutcome, ...]:
    """Order offences: those asking for more elements first, then the heavier floor, then by law.

    Where one conduct fits several provisions the one that asks for more describes it best
    (the special law before the general one).
    """
    return tuple(sorted(outcomes, key=_specificity))


def _specificity(outcome: OffenceOutcome) -> tuple[int, float, str, int]:
    provision = outcome.provision
    floor = provision.penalty.min_years if provision.penalty else 0
    number = re.match(r"\d+", provision.article)
    article = int(number.group()) if number else 0
    return (-len(provision.elements), -floor, provision.statute, article)


def _aggravation_reasons(outcome: OffenceOutcome) -> list[str]:
    labels = {a.name: a.label for a in outcome.provision.aggravations}
    found = [f"The range is raised because {labels[name]}." for name in outcome.aggravated_by]
    presumed = [
        f"Not counted, because the age is only presumed: {labels[name]}."
        for name in outcome.possible_aggravation
    ]
    return found + presumed


def _heaviest(provision: Provision, names: Iterable[str]) -> Penalty | None:
    """The heaviest range these aggravations lead to, None if none of the ranges is known."""
    ranges = {a.name: a.penalty for a in provision.aggravations}
    known = [found for name in names if (found := ranges[name])]
    return max(known, key=lambda found: found.max_years, default=None)


def _later(later: Displacement) -> dict[str, object]:
    return {
        "statute": later.statute,
        "article": later.article,
        "how": later.how.value,
        "from": later.in_force.first.isoformat() if later.in_force.first else None,
        "source": later.source,
    }


def _fine(penalty: Penalty | None) -> dict[str, int] | None:
    if penalty is None or penalty.fine_riel is None:
        return None
    least, most = penalty.fine_riel
    return {"min": least, "max": most}


def _range(penalty: Penalty | None) -> dict[str, float] | None:
    if penalty is None:
        return None
    return {"min_years": penalty.min_years, "max_years": penalty.max_years}


def _period(period: Period) -> dict[str, str | None]:
    return {
        "from": period.first.isoformat() if period.first else None,
        "to": period.last.isoformat() if period.last else None,
    }

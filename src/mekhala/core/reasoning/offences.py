"""Which offences the findings make out, with the aggravations and the range that follows."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from mekhala.core.law.statute import Displacement, Penalty, Period, Provision
from mekhala.core.reasoning.conduct import Conduct, period_in_words
from mekhala.core.reasoning.displacement import Standing, meeting_in_words
from mekhala.core.reasoning.governing import Governing, governing_of
from mekhala.core.reasoning.liability import Liability
from mekhala.core.reasoning.logic import Asks, Findings
from mekhala.core.reasoning.outcome import VALUES, ElementOutcome, Finding, joined, weigh_answered
from mekhala.core.reasoning.projection import reach_of
from mekhala.core.reasoning.tree import Node, Sources, element_tree, tree_of_elements

KEPT = 20_000  # outcomes kept for cases alike, about 2 kB each


@dataclass(frozen=True, kw_only=True)
class OffenceOutcome:
    """One provision under the findings."""

    provision: Provision
    elements: tuple[ElementOutcome, ...]
    finding: Finding
    missing: tuple[str, ...]
    aggravations: tuple[ElementOutcome, ...]
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
        """The heaviest range that unknown aggravations leave possible."""
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
        elements = [e.as_answer() for e in self.elements]
        return {**_law(self.provision), "elements": elements, **self._outcome()}

    def _outcome(self) -> dict[str, object]:
        return {
            "finding": self.finding.value,
            "missing": list(self.missing),
            "aggravated_by": list(self.aggravated_by),
            "possible_aggravation": list(self.possible_aggravation),
            "aggravations_to_ask": list(self.aggravations_to_ask),
            "penalty": _range(self.penalty),
            "fine_riel": _fine(self.penalty),
            "penalty_in_words": self.penalty.in_words if self.penalty else None,
            "penalty_if_aggravated": _range(self.penalty_if_aggravated),
            "governs": "certainly" if self.certainly_in_force else "possibly",
            "standing": self.standing.value,
            "displaced_by": [_later(each) for each in self.displaced_by],
            "liability": self.liability.as_answer() if self.liability else None,
            "why": list(self.why),
        }

    def tree(self, sources: Sources) -> Node:
        """Return which facts, from which sources, make or break each element and aggravation."""
        value = VALUES[self.finding]
        words = self.provision.title
        return {
            **tree_of_elements(self.elements, sources, words=words, value=value),
            "aggravations": [element_tree(a, sources) for a in self.aggravations],
        }

    @cached_property
    def in_json(self) -> str:
        """The answer as JSON text, written once for every case that comes out alike."""
        elements = ", ".join(e.in_json for e in self.elements)
        outcome = json.dumps(self._outcome(), ensure_ascii=False)
        return f'{{{_law_in_json(self.provision)}, "elements": [{elements}], {outcome[1:]}'


def _law(provision: Provision) -> dict[str, object]:
    """What an answer says of a provision whatever the findings."""
    return {
        "statute": provision.statute,
        "article": provision.article,
        "title": provision.title,
        "in_force": _period(provision.in_force),
        "source": provision.source,
        "verified": provision.verified,
        "note": provision.note,
    }


@cache
def _law_in_json(provision: Provision) -> str:
    """The same as the inside of a JSON object."""
    return json.dumps(_law(provision), ensure_ascii=False)[1:-1]


def weigh_offence(provision: Provision, findings: Findings, conduct: Conduct) -> OffenceOutcome:
    """Weigh one provision: each element, each aggravation, and whether it governs."""
    return weigh_governing(governing_of(provision, conduct), findings)


def weigh_governing(
    governs: Governing, findings: Findings, *, liability: Liability | None = None
) -> OffenceOutcome:
    """Weigh one provision whose standing is known; ``liability`` is told with it."""
    (yes, no), reach = findings.answered, reach_of(governs.provision)
    return _weighed(governs, yes & reach, no & reach, liability)


@lru_cache(maxsize=KEPT)
def _weighed(governs: Governing, yes: int, no: int, liability: Liability | None) -> OffenceOutcome:
    """Weigh one provision under the answers to what it asks; the same answers, the same outcome."""
    provision = governs.provision
    elements = weigh_answered(provision.elements, yes, no)
    finding, missing = joined(elements)
    aggravations = weigh_answered(provision.aggravations, yes, no)
    raised = {a.name: a for a in aggravations}
    unknown = [name for name, e in raised.items() if e.value is None]
    presumed = tuple(n for n in unknown if raised[n].explained.asks is Asks.PERSON)
    return OffenceOutcome(
        provision=provision,
        elements=elements,
        finding=finding,
        missing=missing,
        aggravations=aggravations,
        aggravated_by=tuple(name for name, e in raised.items() if e.value is True),
        possible_aggravation=presumed,
        aggravations_to_ask=tuple(name for name in unknown if name not in presumed),
        certainly_in_force=governs.certainly_in_force,
        displaced_by=governs.displaced_by,
        standing=governs.standing,
        liability=liability,
    )


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

"""Which offences the findings make out, with the aggravations and the range that follows."""

from dataclasses import dataclass
from functools import cached_property, lru_cache

from mekhala.core.law.statute import Displacement, Penalty, Period, Provision
from mekhala.core.reasoning.aggravation import Aggravated, weigh_aggravations
from mekhala.core.reasoning.conduct import Conduct, period_in_words
from mekhala.core.reasoning.displacement import Standing, meeting_in_words
from mekhala.core.reasoning.governing import Governing, governing_of
from mekhala.core.reasoning.json_text import json_text
from mekhala.core.reasoning.liability import Liability
from mekhala.core.reasoning.logic import KEPT, Findings
from mekhala.core.reasoning.outcome import VALUES, ElementOutcome, Finding, joined, weigh_answered
from mekhala.core.reasoning.projection import whole_reach
from mekhala.core.reasoning.tree import Node, Sources, element_tree, tree_of_elements

WHOLE_KEPT = 20_000  # outcomes kept for cases alike, about 2 kB each with their text


@dataclass(frozen=True, kw_only=True, eq=False)
class OffenceOutcome:
    """One provision under the findings; kept, so equal only to itself."""

    governs: Governing
    elements: tuple[ElementOutcome, ...]
    finding: Finding
    missing: tuple[str, ...]
    aggravated: Aggravated
    liability: Liability | None

    @property
    def provision(self) -> Provision:
        """The article weighed."""
        return self.governs.provision

    @property
    def standing(self) -> Standing:
        """Whether it stands beside later law."""
        return self.governs.standing

    @property
    def displaced_by(self) -> tuple[Displacement, ...]:
        """Later provisions on the same matter, in force on a day of the conduct."""
        return self.governs.displaced_by

    @property
    def penalty(self) -> Penalty | None:
        """The range that follows from what is found; a presumption never raises it."""
        return self.aggravated.penalty

    @property
    def highest_penalty(self) -> Penalty | None:
        """The heaviest range that unknown aggravations leave possible; None if not known."""
        return self.aggravated.highest_penalty

    @property
    def why(self) -> tuple[str, ...]:
        """The reasons, one sentence each."""
        return (*(e.because for e in self.elements), *_besides(self.governs, self.aggravated))

    def as_answer(self) -> dict[str, object]:
        """Return the offence as ``mekhala assess`` prints it."""
        elements = [e.as_answer() for e in self.elements]
        frame = _frame(self.governs, self.aggravated, self.finding, self.missing, self.liability)
        return {**frame, "elements": elements, "why": list(self.why)}

    @cached_property
    def in_json(self) -> str:
        """The answer as JSON text, composed of pieces that many outcomes share."""
        frame, besides = _frame_in_json(
            self.governs, self.aggravated, self.finding, self.missing, self.liability
        )
        elements = ", ".join(e.in_json for e in self.elements)
        why = ", ".join(e.because_in_json for e in self.elements)
        return f'{frame}, "elements": [{elements}], "why": [{why}, {besides}}}'

    def tree(self, sources: Sources) -> Node:
        """Return which facts, from which sources, make or break each element and aggravation."""
        value, words = VALUES[self.finding], self.provision.title
        return {
            **tree_of_elements(self.elements, sources, words=words, value=value),
            "aggravations": [
                element_tree(a, sources, required=False) for a in self.aggravated.outcomes
            ],
        }


def weigh_offence(provision: Provision, findings: Findings, conduct: Conduct) -> OffenceOutcome:
    """Weigh one provision: each element, each aggravation, and whether it governs."""
    return weigh_governing(governing_of(provision, conduct), findings)


def weigh_governing(
    governs: Governing, findings: Findings, *, liability: Liability | None = None
) -> OffenceOutcome:
    """Weigh one provision whose standing is known; ``liability`` is told with it."""
    (yes, no), reach = findings.answered, whole_reach(governs.provision)
    return _weighed(governs, yes & reach, no & reach, liability)


@lru_cache(maxsize=WHOLE_KEPT)
def _weighed(governs: Governing, yes: int, no: int, liability: Liability | None) -> OffenceOutcome:
    """Weigh one provision under the answers to what it asks; the same answers, the same outcome."""
    elements = weigh_answered(governs.provision.elements, yes, no)
    finding, missing = joined(elements)
    return OffenceOutcome(
        governs=governs,
        elements=elements,
        finding=finding,
        missing=missing,
        aggravated=weigh_aggravations(governs.provision, yes, no),
        liability=liability,
    )


def _frame(
    governs: Governing,
    aggravated: Aggravated,
    finding: Finding,
    missing: tuple[str, ...],
    liability: Liability | None,
) -> dict[str, object]:
    """Return what an answer says besides the elements and the reasons."""
    provision, penalty = governs.provision, aggravated.penalty
    return {
        "statute": provision.statute,
        "article": provision.article,
        "title": provision.title,
        "finding": finding.value,
        "missing": list(missing),
        "aggravated_by": list(aggravated.found),
        "possible_aggravation": list(aggravated.presumed),
        "aggravations_to_ask": list(aggravated.to_ask),
        "penalty": _range(penalty),
        "fine_riel": _fine(penalty),
        "penalty_in_words": penalty.in_words if penalty else None,
        "penalty_if_aggravated": _range(aggravated.penalty_if_aggravated),
        "in_force": _period(provision.in_force),
        "governs": "certainly" if governs.certainly_in_force else "possibly",
        "standing": governs.standing.value,
        "displaced_by": [_later(each) for each in governs.displaced_by],
        "liability": liability.as_answer() if liability else None,
        "source": provision.source,
        "verified": provision.verified,
        "note": provision.note,
    }


@lru_cache(maxsize=KEPT)
def _frame_in_json(
    governs: Governing,
    aggravated: Aggravated,
    finding: Finding,
    missing: tuple[str, ...],
    liability: Liability | None,
) -> tuple[str, str]:
    """The frame as an object still open at its end, and the last reasons as the end of a list."""
    frame = _frame(governs, aggravated, finding, missing, liability)
    besides = json_text(_besides(governs, aggravated))
    return json_text(frame)[:-1], besides[1:]


def _besides(governs: Governing, aggravated: Aggravated) -> list[str]:
    """The reasons that are not about an element: what raises the range, and which text holds."""
    in_force = period_in_words(governs.provision.in_force)
    doubt = "" if governs.certainly_in_force else "; whether it governs this conduct is open"
    later = [meeting_in_words(each) for each in governs.displaced_by]
    return [*aggravated.reasons, *later, f"Text in force {in_force}{doubt}."]


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

"""Whether the international definition of trafficking in persons is made out.

Palermo Protocol, Article 3: act, means and purpose for an adult; act and purpose for a child,
where the means are reported and never required. Consent defeats neither.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from mekhala.core.law.library import palermo
from mekhala.core.reasoning.age import AgeBasis, Person
from mekhala.core.reasoning.json_text import json_text
from mekhala.core.reasoning.logic import KEPT, Findings
from mekhala.core.reasoning.outcome import (
    ANSWERS,
    VALUES,
    ElementOutcome,
    Finding,
    joined,
    weigh_elements,
)
from mekhala.core.reasoning.tree import (
    NO_SOURCES,
    Node,
    Sources,
    element_tree,
    root_of,
    tree_of_elements,
)
from mekhala.core.vocabulary.person import AgeCertainty


@dataclass(frozen=True, kw_only=True)
class PalermoOutcome:
    """The three elements as weighed, and what follows for a person of this age."""

    act: ElementOutcome
    means: ElementOutcome
    purpose: ElementOutcome
    age_basis: AgeBasis
    finding: Finding
    missing: tuple[str, ...]

    @property
    def means_required(self) -> bool:
        """Whether a means must be shown: for adults only."""
        return self.age_basis is AgeBasis.ADULT

    @property
    def elements(self) -> tuple[ElementOutcome, ...]:
        """Act, means and purpose as weighed."""
        return (self.act, self.means, self.purpose)

    @property
    def needed(self) -> tuple[ElementOutcome, ...]:
        """The elements that must be shown for a person of this age."""
        return self.elements if self.means_required else (self.act, self.purpose)

    @property
    def why(self) -> tuple[str, ...]:
        """The reasons, one sentence each."""
        return (*(e.because for e in self.elements), AGE_REASONS[self.age_basis])

    def as_answer(self, sources: Sources = NO_SOURCES) -> dict[str, object]:
        """Return the outcome as ``mekhala assess`` prints it.

        ``sources`` says for a fact code where its answer was found; the tree names them.
        """
        tree = tree_of_elements(
            self.elements,
            sources,
            words=palermo().title,
            value=VALUES[self.finding],
            needed=self.needed,
        )
        return {**self._brief(), "elements": [e.as_answer() for e in self.elements], "tree": tree}

    @property
    def in_json(self) -> str:
        """The answer without sources as JSON text, composed of pieces that many cases share."""
        brief, value = self._brief(), VALUES[self.finding]
        root = root_of((), NO_SOURCES, words=palermo().title, value=value)
        elements = ", ".join(e.in_json for e in self.elements)
        parts = ", ".join(_branch(e, e in self.needed) for e in self.elements)
        return (
            f'{_open_text(brief)}, "elements": [{elements}], '
            f'"tree": {_open_text(root)}, "parts": [{parts}]}}}}'
        )

    def _brief(self) -> dict[str, object]:
        return {
            "act": ANSWERS[self.act.value],
            "means": ANSWERS[self.means.value],
            "means_required": self.means_required,
            "purpose": ANSWERS[self.purpose.value],
            "finding": self.finding.value,
            "missing": list(self.missing),
            "age_basis": self.age_basis.value,
            "source": palermo().source,
            "verified": palermo().verified,
            "why": list(self.why),
        }


@lru_cache(maxsize=KEPT)
def _branch(element: ElementOutcome, required: bool) -> str:
    return json_text(element_tree(element, NO_SOURCES, required=required))


def _open_text(node: Node) -> str:
    """The JSON text of an object, still open at its end."""
    return json_text(node)[:-1]


AGE_REASONS = {
    AgeBasis.CHILD: "The person was under 18, so no means needs to be shown.",
    AgeBasis.PRESUMED_CHILD: "The person is not known to be 18 or older and is treated as a "
    "child, so no means needs to be shown.",
    AgeBasis.ADULT: "The person was 18 or older, so a means must be shown.",
}


def weigh_palermo(findings: Findings, person: Person) -> PalermoOutcome:
    """Weigh the findings on act, means and purpose for ``person``."""
    act, means, purpose = weigh_elements(palermo().elements, findings)
    needed = (act, purpose) if person.treated_as_child else (act, means, purpose)
    finding, missing = joined(needed)
    return PalermoOutcome(
        act=act,
        means=means,
        purpose=purpose,
        age_basis=person.age_basis,
        finding=finding,
        missing=missing,
    )


def palermo_outcome(
    facts: Mapping[str, bool | None],
    *,
    age: int | None,
    age_certainty: AgeCertainty | str = AgeCertainty.UNKNOWN,
) -> PalermoOutcome:
    """Return the outcome for facts by code (True, False, None or left out: unknown).

    ``age`` is in whole years at the time of the conduct. An ``age_certainty`` that is no
    ``AgeCertainty`` raises ``ValueError``.
    """
    person = Person(age=age, age_certainty=AgeCertainty(age_certainty))
    return weigh_palermo(Findings(facts=facts, person=person.predicates()), person)

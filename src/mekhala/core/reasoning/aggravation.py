"""Which circumstances raise the range of an offence, and which are still open."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from mekhala.core.law.statute import Penalty, Provision
from mekhala.core.reasoning.logic import KEPT, Asks
from mekhala.core.reasoning.outcome import ElementOutcome, weigh_answered
from mekhala.core.reasoning.projection import aggravating_reach


@dataclass(frozen=True, kw_only=True, eq=False)
class Aggravated:
    """The aggravations of one provision as weighed, by name, and the ranges they lead to."""

    provision: Provision
    outcomes: tuple[ElementOutcome, ...]
    found: tuple[str, ...]
    presumed: tuple[str, ...]  # rest on a presumption about the person's age
    to_ask: tuple[str, ...]  # rest on facts nobody has asked about

    @property
    def penalty(self) -> Penalty | None:
        """The range that follows from what is found; a presumption never raises it."""
        return self._heaviest(self.found) if self.found else self.provision.penalty

    @property
    def penalty_if_aggravated(self) -> Penalty | None:
        """The range that would follow if an open aggravation were found; None if none is open."""
        raised, now = self._heaviest((*self.presumed, *self.to_ask)), self.penalty
        heavier = raised and (now is None or raised.max_years > now.max_years)
        return raised if heavier else None

    @property
    def highest_penalty(self) -> Penalty | None:
        """The heaviest range that open aggravations leave possible; None if one is not known."""
        ranges = {a.name: a.penalty for a in self.provision.aggravations}
        if any(ranges[name] is None for name in (*self.found, *self.presumed, *self.to_ask)):
            return None
        return self.penalty_if_aggravated or self.penalty

    @property
    def reasons(self) -> list[str]:
        """What raised the range, and what was not counted, one sentence each."""
        labels = {a.name: a.label for a in self.provision.aggravations}
        found = [f"The range is raised because {labels[name]}." for name in self.found]
        presumed = [
            f"Not counted, because the age is only presumed: {labels[name]}."
            for name in self.presumed
        ]
        return found + presumed

    def _heaviest(self, names: Iterable[str]) -> Penalty | None:
        """The heaviest range these aggravations lead to, None if none of the ranges is known."""
        ranges = {a.name: a.penalty for a in self.provision.aggravations}
        known = [found for name in names if (found := ranges[name])]
        return max(known, key=lambda found: found.max_years, default=None)


def weigh_aggravations(provision: Provision, yes: int, no: int) -> Aggravated:
    """Weigh each aggravation under the answers that ``yes`` and ``no`` are the bits of."""
    reach = aggravating_reach(provision)
    return _weighed(provision, yes & reach, no & reach)


@lru_cache(maxsize=KEPT)
def _weighed(provision: Provision, yes: int, no: int) -> Aggravated:
    outcomes = weigh_answered(provision.aggravations, yes, no)
    presumed = tuple(o.name for o in outcomes if o.value is None and _is_of_the_age(o))
    return Aggravated(
        provision=provision,
        outcomes=outcomes,
        found=tuple(o.name for o in outcomes if o.value is True),
        presumed=presumed,
        to_ask=tuple(o.name for o in outcomes if o.value is None and o.name not in presumed),
    )


def _is_of_the_age(outcome: ElementOutcome) -> bool:
    return outcome.explained.asks is Asks.PERSON

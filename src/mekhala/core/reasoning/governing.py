"""Which provisions may govern a conduct, for each how surely, and in which order they are told."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from mekhala.core.law.library import outlines, provisions
from mekhala.core.law.statute import Article, Displacement, Provision
from mekhala.core.reasoning.conduct import Conduct, candidates
from mekhala.core.reasoning.displacement import Standing, later_law, standing_of


@dataclass(frozen=True, kw_only=True, eq=False)
class Governing:
    """One provision as it stands to the days of a conduct; one object for each way it can."""

    provision: Provision
    certainly_in_force: bool
    displaced_by: tuple[Displacement, ...]  # later provisions on the same matter, in force
    standing: Standing


def governing_of(provision: Provision, conduct: Conduct) -> Governing:
    """Return how ``provision`` stands to ``conduct``."""
    certainly = provision.in_force.holds(conduct.span)
    later = later_law(provision, conduct)
    return _governing(provision, certainly, later, standing_of(provision, conduct))


@cache
def _governing(
    provision: Provision, certainly: bool, later: tuple[Displacement, ...], standing: Standing
) -> Governing:
    return Governing(
        provision=provision, certainly_in_force=certainly, displaced_by=later, standing=standing
    )


@lru_cache(maxsize=1000)
def governing(country: str, conduct: Conduct) -> tuple[Governing, ...]:
    """Return the provisions of a country that may govern a conduct, the most specific first."""
    found = most_specific_first(candidates(provisions(country), conduct))
    return tuple(governing_of(provision, conduct) for provision in found)


@lru_cache(maxsize=1000)
def in_outline(country: str, conduct: Conduct) -> tuple[Article, ...]:
    """Return the offences of a country that may govern a conduct and are kept in outline only."""
    return outlines(country, during=conduct.span)


def most_specific_first(found: Iterable[Provision]) -> tuple[Provision, ...]:
    """Order provisions: those asking for more elements first, then the heavier floor, then by law.

    Where one conduct fits several provisions the one that asks for more describes it best
    (the special law before the general one).
    """
    return tuple(sorted(found, key=_specificity))


def _specificity(provision: Provision) -> tuple[int, float, str, int]:
    floor = provision.penalty.min_years if provision.penalty else 0
    number = re.match(r"\d+", provision.article)
    article = int(number.group()) if number else 0
    return (-len(provision.elements), -floor, provision.statute, article)

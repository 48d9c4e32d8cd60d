"""What a respondent-driven sample shows about itself (Gile, Johnston & Salganik 2015).

Whether the estimate settles as waves come in, whether trees from different seeds tell the same,
and whether people recruit their like.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np

from mekhala.core.estimation.estimate import Warned
from mekhala.core.estimation.rds_bootstrap import counted_pairs, shares
from mekhala.core.estimation.recruitment import Floats, Recruitment

FEWEST_SEEDS = 3
FEWEST_WAVES = 4
SETTLED = 0.02  # the share may move by two points after half of the sample
LIKE = 1.3  # people recruit their like a third more often than chance
BOTTLENECK = 3.0  # trees differ three times more than people drawn one by one would
LARGE_PART = 0.1  # beyond a tenth of the population, people drawn twice would be common


def diagnostics(found: Recruitment, weights: Floats) -> dict[str, Any]:
    """Seeds, waves, the estimate wave by wave and tree by tree, and homophily, as plain values."""
    return {
        "seeds": int((found.parent < 0).sum()),
        "waves": int(found.wave.max()),
        "by_wave": _by_wave(found, weights),
        "by_tree": _by_tree(found, weights),
        "tree_spread": _tree_spread(found, weights),
        "recruitments": counted_pairs(found).tolist(),
        "homophily": homophily(found, weights),
    }


def _share(found: Recruitment, weights: Floats, places: Any) -> float | None:
    share = float(shares(found, weights, np.flatnonzero(places)))
    return None if np.isnan(share) else share


def _by_wave(found: Recruitment, weights: Floats) -> list[dict[str, Any]]:
    """People and estimate when only the waves up to each one are in."""
    return [
        {"wave": int(w), "people": int((found.wave <= w).sum()),
         "share": _share(found, weights, found.wave <= w)}
        for w in range(int(found.wave.max()) + 1)
    ]  # fmt: skip


def _by_tree(found: Recruitment, weights: Floats) -> list[dict[str, Any]]:
    """People and estimate of each seed's tree alone, the largest first."""
    trees = [found.seed == s for s in np.flatnonzero(found.parent < 0)]
    told = [
        {"seed": found.people[int(np.flatnonzero(tree)[0])].id, "people": int(tree.sum()),
         "share": _share(found, weights, tree)}
        for tree in trees
    ]  # fmt: skip
    return sorted(told, key=lambda tree: (-tree["people"], tree["seed"]))


def _tree_spread(found: Recruitment, weights: Floats) -> float | None:
    """Variance of the share over trees, over that of a simple sample; None with one tree.

    About 1 where trees are alike; with people grouped by seed as clusters.
    """
    use = found.usable
    roots, tree = np.unique(found.seed[use], return_inverse=True)
    share = _share(found, weights, use)
    if len(roots) < 2 or share in (0.0, 1.0) or share is None:
        return None
    w = weights[use] / weights[use].sum()
    apart = w * (found.trait[use] - share)
    between = float((np.bincount(tree, apart) ** 2).sum()) * len(roots) / (len(roots) - 1)
    return between / float((apart**2).sum())


def homophily(found: Recruitment, weights: Floats) -> float | None:
    """Recruitments of one's like, over those expected if recruits came by degree alone.

    1 is none. None where nobody with a known trait recruited one with a known trait.
    """
    pairs = counted_pairs(found)
    share = _share(found, weights, found.usable)
    if not pairs.sum() or share is None:
        return None
    by_trait = [found.usable & (found.trait == t) for t in (0, 1)]
    mass = np.array(
        [  # ties: people of the trait in the population times their mean degree
            float((weights[t] * found.degree[t]).sum()) if t.any() else 0.0 for t in by_trait
        ]
    )
    expected = float((pairs.sum(axis=1) * mass / mass.sum()).sum())
    return float(pairs.trace()) / expected if expected > 0 else None


def warnings(
    found: Recruitment, told: dict[str, Any], part: float | None, *, replaced: bool
) -> Iterator[Warned]:
    """What a reader must know; ``part`` is the share of the population sampled, if known."""
    unknown = int((~found.usable).sum())
    if unknown:
        yield Warned(
            code="unknown_left_out",
            because=f"{unknown} of {len(found.people)} have no degree or no outcome and are left "
            "out of the share",
        )
    if told["seeds"] < FEWEST_SEEDS:
        yield Warned(code="few_seeds", because=f"only {told['seeds']} seeds began the sample")
    if told["waves"] < FEWEST_WAVES:
        yield Warned(
            code="few_waves",
            because=f"recruitment reached only {told['waves']} waves, so the choice of seeds may "
            "still show",
        )
    yield from _unsettled(told, len(found.people))
    if (told["homophily"] or 0) > LIKE:
        yield Warned(
            code="recruits_their_like",
            because=f"people recruited their like {told['homophily']:.2f} times as often as "
            "chance would",
        )
    if part is not None and part > LARGE_PART and replaced:
        yield Warned(
            code="large_part_of_population",
            because=f"{part:.0%} of the population is in the sample, too many to take people as "
            "drawn with replacement",
        )


def _unsettled(told: dict[str, Any], people: int) -> Iterator[Warned]:
    """The share still moves after half of the sample; trees tell different shares."""
    halves = [w["share"] for w in told["by_wave"] if 2 * w["people"] >= people]
    later = [share for share in halves if share is not None]
    if later and max(later) - min(later) > SETTLED:
        yield Warned(
            code="not_converged",
            because=f"after half of the sample the share still moved between {min(later):.1%} and "
            f"{max(later):.1%}",
        )
    if (told["tree_spread"] or 0) > BOTTLENECK:
        yield Warned(
            code="recruitment_bottleneck",
            because="trees from different seeds tell shares that differ more than chance allows: "
            "see by_tree",
        )

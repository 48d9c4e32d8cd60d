"""The graph-matching attack (Culnane, Rubinstein & Teague 2017; Vidanage et al. 2020).

Tokens must tell how alike people are, or they could not be linked: so the pattern of likenesses in
a block can be laid over that of the list in clear. No hardening takes this away wholly; it needs
a list that holds nearly the same people (Heng, Armknecht, Chen & Schnell 2022). The attacker is
told which years and which province each block stands for.
"""

from collections import Counter, defaultdict

import numpy as np
from numpy.typing import NDArray

from benchmarks.linkage.patterns import aligned, groups
from benchmarks.linkage.quality import alike_in_clear
from benchmarks.linkage.targets import Attacked
from mekhala.core.matching.encoding.comparison import dice
from mekhala.core.matching.encoding.parameters import Parameters


def matched(target: Attacked, parameters: Parameters) -> tuple[dict[int, int], float]:
    """Return target → known as the graphs lie over each other, and how many chance would name."""
    votes: defaultdict[int, Counter[int]] = defaultdict(Counter)
    by_chance: dict[int, float] = {}
    said = target.said
    for group in groups(target, parameters, said):
        packed = np.packbits(group.bits, axis=1).view(np.uint64)
        told = [said[n].others | said[n].names[group.script] for n in group.known]
        clear = alike_in_clear(told, told, parameters)
        rows, columns = aligned(_levelled(dice(packed, packed)), _levelled(clear))
        for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
            votes[group.owners[row]][group.known[column]] += 1
            chance = 1 / len(group.known)
            by_chance[group.owners[row]] = max(by_chance.get(group.owners[row], 0.0), chance)
    named = {one: counted.most_common(1)[0][0] for one, counted in votes.items()}
    return named, sum(by_chance.values())


def _levelled(alike: NDArray[np.floating]) -> NDArray[np.float64]:
    """Replace likenesses by their ranks, 0 to 1: the two scales are not the same."""
    order = alike.ravel().argsort(kind="stable").argsort(kind="stable")
    found: NDArray[np.float64] = (order / max(order.size - 1, 1)).reshape(alike.shape)
    np.fill_diagonal(found, 1.0)
    return found

"""The frequency attack: the commonest vector is the commonest name (Kuzu et al. 2011;
Niedermeyer et al. 2014; Vidanage et al. 2019).

Vectors that repeat are counted and laid beside the names that repeat, in the order of their counts.
Where no vector repeats, vectors alike above a bound are taken for repetitions: the bound that
leaves as many groups as there are names.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

from benchmarks.linkage.patterns import standing
from benchmarks.linkage.targets import Attacked, Record
from mekhala.core.matching.encoding.comparison import dice
from mekhala.core.matching.encoding.parameters import Parameters
from mekhala.core.matching.encoding.vectors import Tokens

BOUNDS = np.arange(0.45, 0.96, 0.05)


def frequency(
    target: Attacked, value_of: Callable[[Record], str], rows: np.ndarray, *, near: bool
) -> dict[int, str]:
    """Return target → value for the groups of vectors that were laid beside a value.

    ``rows``: one vector of each target. ``near``: take vectors alike above a bound for one, not
    equal ones only.
    """
    values = Counter(filter(None, map(value_of, target.known)))
    groups = _near(target.tokens, rows, values) if near else _equal(target.tokens, rows)
    groups = sorted((g for g in groups if len(g) > 1), key=lambda g: (-len(g), g))
    ranked = [value for value, count in values.most_common() if count > 1]
    return {one: v for group, v in zip(groups, ranked, strict=False) for one in group}


def _equal(tokens: Tokens, rows: np.ndarray) -> list[list[int]]:
    """Group the targets whose vectors are equal."""
    groups: defaultdict[bytes, list[int]] = defaultdict(list)
    for row in rows:
        groups[tokens.bits[row].tobytes()].append(int(tokens.owner[row]))
    return list(groups.values())


def _near(tokens: Tokens, rows: np.ndarray, values: Counter[str]) -> list[list[int]]:
    """Group the targets alike above the bound that leaves as many groups as there are values."""
    alike = dice(tokens.bits[rows], tokens.bits[rows])
    options = [_joined(tokens.owner[rows].tolist(), alike >= bound) for bound in BOUNDS]
    return min(options, key=lambda groups: abs(len(groups) - len(values)))


def _joined(owners: Sequence[int], linked: "np.ndarray") -> list[list[int]]:
    _, label = connected_components(csr_matrix(linked), directed=False)
    groups: defaultdict[int, list[int]] = defaultdict(list)
    for owner, group in zip(owners, label.tolist(), strict=True):
        groups[group].append(owner)
    return list(groups.values())


def rows_of(target: Attacked, parameters: Parameters, script: str | None) -> np.ndarray:
    """Return a vector of each target that has one in the script, or the first in any (None)."""
    tokens = target.tokens
    stands = standing(target, parameters, target.said)
    held = [n for n, b in enumerate(tokens.block) if script in (None, stands[str(b)][1])]
    return np.array(held)[np.unique(tokens.owner[held], return_index=True)[1]]

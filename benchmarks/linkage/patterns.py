"""The pattern-mining attack (Christen, Vidanage, Ranbaduge & Schnell 2018).

A q-gram sets its bits together wherever it stands. Sets of bits that are ones together are mined;
how often each is there, and each with each, is laid beside how often q-grams are in the list in
clear; every vector is then known by the q-grams found in it, and named where one person fits best.
The attacker is told which years and which province each block stands for.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment
from scipy.spatial.distance import cdist

from benchmarks.linkage.targets import Attacked
from mekhala.core.matching.encoding.parameters import Parameters
from mekhala.core.matching.encoding.statements import Said, Statement
from mekhala.core.matching.encoding.vectors import spans_of

NEIGHBOURS = 2  # bits most often together with a bit, from which patterns are grown
TOGETHER = 0.85  # a bit belongs to a pattern if it is a one in this share; flips take a few
SMALLEST = 8  # bits of a pattern: half of what a pair of letters sets, the rest fell together
FEWEST = 8  # rows that a pattern must hold: fewer have bits in common by chance
NAMING = 4  # patterns found in a vector that name somebody
ROUNDS, PROFILE = 15, 20
MOST = 250  # patterns, the most frequent, that are laid beside statements

type Bits = NDArray[np.bool_]  # shape (rows, length)


@dataclass(frozen=True)
class Group:
    """Vectors made with one salt, whose they are, and who of the list in clear may be there."""

    bits: Bits
    owners: list[int]
    known: list[int]
    script: str


def mined(target: Attacked, parameters: Parameters) -> tuple[dict[int, int], float]:
    """Return target → known for every target that patterns name, and how many chance would.

    Chance knows the blocks too: it guesses among those who may stand in one.
    """
    votes: defaultdict[int, Counter[int]] = defaultdict(Counter)
    by_chance: dict[int, float] = {}
    said = target.said
    for group in groups(target, parameters, said):
        told = [said[n].others | said[n].names.get(group.script, frozenset()) for n in group.known]
        for row, best in _named(group.bits, _patterns(group.bits), told):
            owner = group.owners[row]
            votes[owner][group.known[best]] += 1
            by_chance[owner] = max(by_chance.get(owner, 0.0), 1 / len(group.known))
    named = {one: counted.most_common(1)[0][0] for one, counted in votes.items()}
    return named, sum(by_chance.values())


def groups(target: Attacked, parameters: Parameters, said: Sequence[Said]) -> Iterator[Group]:
    """Yield the vectors of each salt; without salts those of each script, one a person."""
    tokens = target.tokens
    unpacked = np.unpackbits(tokens.bits.view(np.uint8), axis=1).astype(bool)
    found: defaultdict[tuple[str, str], dict[int, int]] = defaultdict(dict)
    stands = standing(target, parameters, said)
    for row, owner in enumerate(tokens.owner.tolist()):
        salt, script = stands[str(tokens.block[row])]
        found[salt if parameters.salted else "", script].setdefault(owner, row)
    for (_, script), rows in sorted(found.items()):
        known = sorted(target.truth[owner] for owner in rows)
        yield Group(unpacked[list(rows.values())], list(rows), known, script)


def standing(
    target: Attacked, parameters: Parameters, said: Sequence[Said]
) -> dict[str, tuple[str, str]]:
    """Return what each block stands for, salt and script: what the attacker is told."""
    tokens, rows_of = target.tokens, defaultdict(list)
    for row, owner in enumerate(tokens.owner.tolist()):
        rows_of[owner].append(row)
    found = {}
    for owner, rows in rows_of.items():
        one = said[target.truth[owner]]
        salts = [(s, t) for t in sorted(one.names) for s in spans_of(one, parameters.years)]
        found |= {str(tokens.block[r]): s for r, s in zip(rows, salts, strict=True)}
    return found


def _patterns(bits: Bits) -> list[list[int]]:
    """Grow patterns from bits that are ones together; the most frequent first."""
    if len(bits) < 2 * FEWEST:
        return []
    found: dict[frozenset[int], int] = {}
    together = np.corrcoef(bits.T + np.random.default_rng(0).normal(0, 1e-9, bits.T.shape))
    np.fill_diagonal(together, -1)
    near = np.argsort(-together, axis=1)[:, :NEIGHBOURS]
    for one, others in enumerate(near):
        for other in others:
            held = bits[:, one] & bits[:, other] & bits[:, near[other][near[other] != one][0]]
            pattern = _closed(bits, held)
            if pattern is not None:
                found[pattern[0]] = pattern[1]
    kept = sorted(found.items(), key=lambda p: (-p[1], -len(p[0]), sorted(p[0])))
    return _apart([sorted(pattern) for pattern, _ in kept])


def _closed(bits: Bits, held: Bits) -> tuple[frozenset[int], int] | None:
    """Return the bits that are ones in nearly all ``held`` rows, and how many rows hold them."""
    for _ in range(2):
        if held.sum() < FEWEST:
            return None
        columns = np.flatnonzero(bits[held].mean(axis=0) >= TOGETHER)
        if not SMALLEST <= len(columns) < bits.shape[1] / 4:
            return None
        held = bits[:, columns].mean(axis=1) >= TOGETHER
    return frozenset(columns.tolist()), int(held.sum())


def _apart(patterns: Sequence[list[int]]) -> list[list[int]]:
    """Keep of patterns that share most of their bits the first."""
    kept: list[list[int]] = []
    for pattern in patterns:
        if all(len(set(pattern) & set(k)) < 0.5 * min(len(pattern), len(k)) for k in kept):
            kept.append(pattern)
        if len(kept) == MOST:
            break
    return kept


def _named(
    bits: Bits, patterns: Sequence[list[int]], told: Sequence[frozenset[Statement]]
) -> Iterator[tuple[int, int]]:
    """Yield row and known person where the statements found in the row fit one person best."""
    if len(patterns) < NAMING:
        return
    held = np.array([bits[:, p].mean(axis=1) >= TOGETHER for p in patterns]).T.astype(float)
    counts = Counter(statement for one in told for statement in one)
    often = [s for s, _ in sorted(counts.items(), key=lambda c: (-c[1], c[0]))[: 2 * MOST]]
    says = np.array([[s in one for s in often] for one in told], float)
    held, says = _laid_beside(held, says)
    fits = 2 * held @ says.T / np.maximum(held.sum(axis=1)[:, None] + says.sum(axis=1), 1)
    for row in np.flatnonzero(held.sum(axis=1) >= NAMING):
        best = np.flatnonzero(fits[row] == fits[row].max())
        if len(best) == 1:
            yield int(row), int(best[0])


def _laid_beside(
    held: NDArray[np.float64], says: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return both with columns that stand for each other: those whose counts fit together.

    First by how often a column is there and with which others most, in order; then, again and
    again, by how often it is with the columns already laid side by side (a linear assignment each
    time). It is what a list in clear tells beyond the order of frequencies.
    """
    mine, other = aligned(np.sqrt(held.T @ held), np.sqrt(says.T @ says))
    return held[:, mine], says[:, other]


def aligned(
    ours: NDArray[np.float64], theirs: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Lay the points of two graphs side by side, whose edges and points have the weights given."""
    cost = cdist(_profiles(ours), _profiles(theirs), "cityblock")
    for _ in range(ROUNDS):
        mine, other = linear_sum_assignment(cost)
        beside = cdist(ours[:, mine], theirs[:, other], "cityblock") / len(mine)
        cost = beside + np.abs(ours.diagonal()[:, None] - theirs.diagonal()[None, :])
    return mine, other


def _profiles(together: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return of each column its count and its largest counts with others, in falling order."""
    falling = -np.sort(-together, axis=1)[:, 1 : PROFILE + 1]
    wide = np.pad(falling, ((0, 0), (0, PROFILE - falling.shape[1])))
    return np.hstack([3 * together.diagonal()[:, None], wide])

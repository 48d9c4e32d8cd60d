"""Errors of linkage, made in a table whose true links are known.

A missed link: a person on several lists is told as two, one of whom is on one of the lists alone.
A false link: the records of two persons are told as one person, on every list either was on.
"""

from dataclasses import dataclass

import numpy as np

from benchmarks.estimation.worlds import Ints


@dataclass(frozen=True, kw_only=True)
class Errors:
    """Persons split, as a share of those on several lists; false links, as a share of persons."""

    missed: float = 0.0
    false: float = 0.0

    def __str__(self) -> str:
        return f"{self.missed:.0%} missed, {self.false:.0%} false"


RIGHT = Errors()


def linked(counts: Ints, errors: Errors, rng: np.random.Generator) -> Ints:
    """Return the counts (2**t, by bit mask) as a linker that errs so would show them."""
    return _joined(_split(counts, errors.missed, rng), errors.false, rng)


def _split(counts: Ints, share: float, rng: np.random.Generator) -> Ints:
    told = counts.copy()
    lists = len(counts).bit_length() - 1
    for w in range(1, len(counts)):
        on = [1 << i for i in range(lists) if w >> i & 1]
        if len(on) < 2 or not counts[w]:
            continue
        lost = rng.binomial(counts[w], share)
        told[w] -= lost
        for one, many in zip(on, rng.multinomial(lost, [1 / len(on)] * len(on)), strict=True):
            told[one] += many
            told[w ^ one] += many
    return told


def _joined(counts: Ints, share: float, rng: np.random.Generator) -> Ints:
    told = counts.copy()
    people = np.repeat(np.arange(1, len(counts)), counts[1:])
    pairs = min(rng.binomial(len(people), share), len(people) // 2)
    for one, other in rng.permutation(people)[: 2 * pairs].reshape(-1, 2):
        told[one] -= 1
        told[other] -= 1
        told[one | other] += 1
    return told

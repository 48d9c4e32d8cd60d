"""Invented linkages with a known truth, to see whether checked samples find it again."""

import random
from dataclasses import dataclass
from itertools import combinations

from mekhala.core.matching.review_rates import Checked, Rates, rates
from mekhala.core.matching.review_sample import Drawn, draw_pairs


@dataclass(frozen=True)
class World:
    """Told pairs with probabilities, coarse keys of each record, and the true pairs."""

    told: dict[tuple[int, int], float]
    keys: list[frozenset[str]]
    true: frozenset[tuple[int, int]]

    def precision(self, threshold=0.95):
        joined = [pair for pair, chance in self.told.items() if chance >= threshold]
        return sum(pair in self.true for pair in joined) / len(joined)

    def recall(self, threshold=0.95):
        return sum(self.told.get(pair, 0) >= threshold for pair in self.true) / len(self.true)


def world(seed, people=900, *, blind=0.06, sure_and_wrong=0.04):
    """Two records a person; ``blind``: true pairs never told; ``sure_and_wrong``: of links."""
    chance = random.Random(seed)
    keys, true, told = [], set(), {}
    for person in range(people):
        said = [chance.randrange(60), chance.randrange(150), chance.randrange(40),
                chance.randrange(20)]  # fmt: skip
        first = _keys(said)
        second = _keys([v if chance.random() > 0.12 else chance.randrange(150) for v in said])
        keys += [first, second if first & second else first]
        pair = 2 * person, 2 * person + 1
        true.add(pair)
        if chance.random() > blind:
            told[pair] = min(chance.betavariate(8, 0.15), 0.9999)
    wrong = int(sure_and_wrong * people)
    while wrong:
        one, other = sorted(chance.sample(range(2 * people), 2))
        if (one, other) not in true and (one, other) not in told:
            told[one, other] = chance.choice([0.96, 0.98, 0.995, 0.7, 0.6, 0.55])
            wrong -= 1
    return World(told, keys, frozenset(true))


def _keys(said):
    return frozenset(f"{a}{said[a]} {b}{said[b]}" for a, b in combinations(range(4), 2))


def answered(drawn: list[Drawn], made: World, *, unsure=0.0, seed=0) -> list[Checked]:
    """What people who know the truth answer, at times that they cannot tell."""
    chance = random.Random(seed)
    return [
        Checked(drawn=one, same=None if chance.random() < unsure
                else (one.left, one.right) in made.true)
        for one in drawn
    ]  # fmt: skip


def checked(made: World, seed: int, *, size=400, unsure=0.0) -> Rates:
    """The rates that one sample tells."""
    drawn = draw_pairs(made.told, made.keys, size=size, seed=seed)
    return rates(answered(drawn, made, unsure=unsure, seed=seed), seed=seed)

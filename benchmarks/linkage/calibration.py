"""How probable it is that a pair so much alike is one person, on two kinds of invented lists.

Tidy ones, three records in ten written another way, and the realistic registers, with twins,
namesakes and half-empty rows: real lists lie between.

python -m benchmarks.linkage.calibration
"""

from collections.abc import Iterable

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit

from benchmarks.linkage.quality import Problem, everybody, over_tokens, sample
from mekhala.core.matching.encoding.comparison import one_to_one

PEOPLE, REGISTERED, SEEDS, LEAST = 4000, 1500, (1, 2), 0.5


def observed(problems: Iterable[Problem]) -> tuple[np.ndarray, np.ndarray]:
    """Return how alike pairs are, one to one, and whether each is truly one person."""
    alike, true = [], []
    for problem in problems:
        source = [record["source"] for record in problem.records]
        pairs = [p for p in over_tokens(problem, 1) if p.alike >= LEAST]
        for pair in one_to_one(pairs, source):
            alike.append(pair.alike)
            true.append((pair.left, pair.right) in problem.true)
    return np.array(alike), np.array(true)


def fitted(alike: np.ndarray, true: np.ndarray) -> tuple[float, float]:
    """Return centre and slope of the logistic curve of greatest likelihood."""

    def cost(at: np.ndarray) -> float:
        chance = np.clip(expit(at[1] * (alike - at[0])), 1e-9, 1 - 1e-9)
        return -float(np.where(true, np.log(chance), np.log(1 - chance)).mean())

    centre, slope = minimize(cost, [0.65, 40.0], method="Nelder-Mead").x
    return float(centre), float(slope)


if __name__ == "__main__":
    problems = [
        f(n, seed) for seed in SEEDS for f, n in ((sample, PEOPLE), (everybody, REGISTERED))
    ]
    found = observed(problems)
    print("centre {:.3f}, slope {:.1f}".format(*fitted(*found)))
    for low in np.arange(LEAST, 0.9, 0.02):
        within = (found[0] >= low) & (found[0] < low + 0.02)
        if within.any():
            print(f"{low:.2f}: {within.sum()} pairs, {found[1][within].mean():.3f} one person")

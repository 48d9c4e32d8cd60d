"""Attacks on tokens made by ``mekhala encode``, and what the tokens are good for beside them.

ENCODE-KEY: the dictionary attack without the key. ENCODE-FREQUENCY: vectors that repeat, laid
beside names that do. ENCODE-PATTERN: bits that are ones together. ENCODE-GRAPH: the pattern of
likenesses.
The attacker holds the file, the program, the parameters and a list of exactly the same people in
clear, and is told what each block stands for. ENCODE-F1, ENCODE-SPEED: benchmarks.linkage.quality.

    python -m benchmarks.linkage.attacks --tries 1000 --seed 1
    python -m benchmarks.linkage.attacks --mutants
"""

import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from benchmarks import rows
from benchmarks.linkage.dictionary import dictionary, guessed_keys
from benchmarks.linkage.frequency import frequency, rows_of
from benchmarks.linkage.graph import matched
from benchmarks.linkage.patterns import mined
from benchmarks.linkage.quality import clear_quality, pairs_a_second, sample, token_quality
from benchmarks.linkage.targets import (
    BARE,
    ONE_FIELD,
    Attacked,
    Told,
    attacked,
    family_of,
    key_of,
    told,
)  # fmt: skip
from mekhala.core.matching.encoding.parameters import HARDENED, Parameters
from mekhala.core.matching.encoding.statements import SOUND

KEYS = 20  # drawn by chance, beside those that words make
PEOPLE_TO_LINK, QUICK_PEOPLE = 4000, 2000
LEAST_F1, LEAST_PAIRS = 0.97, 10e6
GRAPH_MOST = 0.10  # likenesses stay in the tokens: so much beyond guessing is let pass, and told

type Found = tuple[bool, str]  # whether the attack failed, and what it found


def by_dictionary(number: int, seed: int, *, known_key: bool = False) -> Found:
    """Return whether no target was named rightly without the key."""
    target = attacked(number, seed)
    header = key_of(seed).fingerprint
    keys = [key_of(seed)] if known_key else list(guessed_keys(seed, header, KEYS))
    found = [told(target, dictionary(target, HARDENED, key)) for key in keys]
    best = max(found, key=lambda one: (one.right, one.named))
    return best.right == 0, f"{best}, the best of {len(keys)} keys"


def by_frequency(number: int, seed: int, *, one_field: bool = False) -> Found:
    """Return whether family names were told no oftener than by always saying the commonest."""
    parameters = ONE_FIELD if one_field else HARDENED
    target = attacked(number, seed, parameters, family_only=one_field)
    ways = [rows_of(target, parameters, script) for script in (None, SOUND)]
    found = [_families(target, way, near=near) for near in (False, True) for way in ways]
    best = max(found, key=lambda one: one.right)
    common = Counter(map(family_of, target.known)).most_common(1)[0][1]
    return (
        best.low <= common / number,
        f"{best}; {found[0].named + found[1].named} in vectors that repeat; "
        f"the commonest name alone: {common}",
    )


def _families(target: Attacked, vectors: np.ndarray, *, near: bool) -> Told:
    guesses = frequency(target, family_of, vectors, near=near)
    right = sum(family_of(target.known[target.truth[n]]) == v for n, v in guesses.items())
    return Told(len(guesses), right, len(target.truth))


def by_patterns(number: int, seed: int, parameters: Parameters = HARDENED) -> Found:
    """Return whether patterns name people no oftener than guessing within the blocks."""
    target = attacked(number, seed, parameters)
    guesses, chance = mined(target, parameters)
    found = told(target, guesses)
    return found.low <= chance / number, f"{found}; guessing within the blocks: {chance:.0f}"


def by_graph(number: int, seed: int, parameters: Parameters = HARDENED) -> Found:
    """Return whether graphs laid over each other name few people beyond guessing."""
    target = attacked(number, seed, parameters)
    guesses, chance = matched(target, parameters)
    found = told(target, guesses)
    return (
        found.low <= GRAPH_MOST + chance / number,
        f"{found}; guessing within the blocks: {chance:.0f}",
    )


def by_linking(number: int, seed: int, parameters: Parameters = HARDENED) -> Found:
    """Return whether F1 over tokens is close to F1 in clear on the same fields."""
    problem = sample(number, seed)
    tokens, clear = token_quality(problem, seed, parameters), clear_quality(problem)
    ratio = tokens.f1 / clear.f1
    return ratio >= LEAST_F1, (
        f"{ratio:.3f}: {tokens.f1:.4f} over tokens, {clear.f1:.4f} in clear, "
        f"{len(problem.true)} true pairs of {len(problem.records)} records"
    )


def by_the_clock(seconds: float, seed: int) -> Found:
    """Return whether enough pairs are compared a second on one core."""
    speed = pairs_a_second(seconds, seed)
    return speed.fast >= LEAST_PAIRS, (
        f"{speed.fast / 1e6:.1f} million, {speed.fast / speed.numpy:.1f} times NumPy, "
        f"{speed.fast / speed.plain:.1f} times a plain loop"
    )


def main(argv: list[str] | None = None) -> int:
    """Run the attacks and measurements, or the attacks with the guards taken out."""
    given = rows.options(argv, says=__doc__, full=1000, quick=300)
    if given.mutants:
        return _mutants(300, given.seed)
    n, seed = given.tries, given.seed
    link = QUICK_PEOPLE if given.quick else PEOPLE_TO_LINK
    proofs: dict[str, tuple[str, Found]] = {
        "ENCODE-KEY": (f"0 of {n} named rightly without the key", by_dictionary(n, seed)),
        "ENCODE-FREQUENCY": (
            "family names told no oftener than by saying the commonest", by_frequency(n, seed)),
        "ENCODE-PATTERN": (
            "no oftener than guessing within the blocks", by_patterns(n, seed)),
        "ENCODE-GRAPH": (
            f"at most {100 * GRAPH_MOST:.0f} points oftener than guessing within the blocks",
            by_graph(n, seed)),
        "ENCODE-F1": (
            f"F1 at least {LEAST_F1} of that in clear, same fields", by_linking(link, seed)),
        "ENCODE-SPEED": (
            f"{LEAST_PAIRS / 1e6:.0f} million pairs a second on one core", by_the_clock(2, seed)),
    }  # fmt: skip
    return max(
        rows.tell(name, target=target, measured=said, passed=passed, seed=seed)
        for name, (target, (passed, said)) in proofs.items()
    )


def _mutants(number: int, seed: int) -> int:
    """Take the guards out: the attacks must then succeed."""
    no_salt = replace(BARE, flipped=HARDENED.flipped)
    tried: list[tuple[str, str, Callable[[], Found]]] = [
        ("ENCODE-KEY", "the key is known", lambda: by_dictionary(number, seed, known_key=True)),
        ("ENCODE-FREQUENCY", "a bare vector for one field",
         lambda: by_frequency(number, seed, one_field=True)),
        ("ENCODE-PATTERN", "no salt, no diffusion, no flips",
         lambda: by_patterns(number, seed, BARE)),
        ("ENCODE-PATTERN", "no salt and no diffusion", lambda: by_patterns(number, seed, no_salt)),
        ("ENCODE-GRAPH", "no salt, no diffusion, no flips", lambda: by_graph(number, seed, BARE)),
        ("ENCODE-F1", "half of the bits turned, nearly",
         lambda: by_linking(1000, seed, replace(HARDENED, flipped=90))),
    ]  # fmt: skip
    worst = 0
    for proof, mutant, attack in tried:
        failed, said = attack()
        print(f"{proof} {mutant}: {said}", file=sys.stderr)
        worst = max(worst, rows.tell_mutant(proof, mutant, red=not failed))
    return worst


if __name__ == "__main__":
    sys.exit(main())

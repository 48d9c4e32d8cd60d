"""The dictionary attack: encode every name there is, and look which token comes out.

It is what hashing without a key falls to at once. The attacker has the program, the parameters, all
the people, and keys it guesses: none, what the header tells, words, chance.
"""

import hashlib
import random
from collections.abc import Iterator

import numpy as np

from benchmarks.linkage.targets import Attacked
from mekhala.core.matching.encoding.comparison import ALIKE, dice
from mekhala.core.matching.encoding.parameters import Parameters
from mekhala.core.matching.encoding.project_key import ProjectKey
from mekhala.core.matching.encoding.vectors import Encoder

WORDS = ("", "mekhala", "password", "secret", "cambodia", "trafficking", "victim", "ministry")


def guessed_keys(seed: int, header: str, by_chance: int) -> Iterator[ProjectKey]:
    """Yield keys as somebody without the key would try them."""
    yield ProjectKey(bytes(32))
    for word in (*WORDS, header):
        yield ProjectKey(hashlib.sha256(word.encode()).digest())
    draw = random.Random(f"guess {seed}")
    yield from (ProjectKey(draw.randbytes(32)) for _ in range(by_chance))


def dictionary(target: Attacked, parameters: Parameters, key: ProjectKey) -> dict[int, int]:
    """Return target → known for every token that is as like a guess as one person's tokens are.

    Blocks are passed over: they could only exclude guesses.
    """
    tried = Encoder(key, parameters).tokens(target.known)
    found: dict[int, tuple[float, int]] = {}
    for start in range(0, len(target.tokens.bits), 512):
        alike = dice(target.tokens.bits[start : start + 512], tried.bits)
        best = np.argmax(alike, axis=1)
        for row, column in enumerate(best):
            one, value = int(target.tokens.owner[start + row]), float(alike[row, column])
            if value >= ALIKE and value > found.get(one, (0.0, 0))[0]:
                found[one] = value, int(tried.owner[column])
    return {one: guess for one, (_, guess) in found.items()}

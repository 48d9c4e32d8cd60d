"""Which pairs people should look at, so that error rates follow without bias.

Drawn are told pairs by bands of probability, more where the answer is less certain (Neyman
1934), and, because a linker's misses lie where it never looked, pairs it did not tell: *near* ones,
which share a coarse key of ours (how a word of the name sounds, with the birth year, the
province or another word), and *far* ones, which share none, drawn from all pairs of records
without any blocking. Near pairs are drawn oftener the rarer what they share, and weighed by the
inverse (Hansen & Hurwitz 1943), as importance sampling does for evaluation (Marchant & Rubinstein
2017). That the sample must be stratified by weight is old advice: Belin & Rubin 1995; Blakely &
Salmond 2002.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

import numpy as np

from mekhala.core.matching.encoding.statements import WIDEST, birth_years
from mekhala.core.names.parts import parts_of
from mekhala.core.names.sound_key import keys_of_words
from mekhala.core.wrong_input import WrongInput

EDGES = (0.5, 0.8, 0.99)  # of bands, beside the threshold
FEWEST = 20  # pairs of a band
OUTSIDE = {"near": 0.4, "far": 0.05}  # shares of the sample
TRIES = 1000  # for each pair that is wanted outside
PLACES = ("village", "commune", "district", "province")
JOINED, TOLD, NEAR, FAR = "joined", "told", "near", "far"

Pair = tuple[int, int]


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """A pair to look at, by record numbers, and how many pairs it stands for.

    ``stratum``: ``joined`` or ``told`` with a band, ``near`` or ``far``; ``of``: draws of the
    stratum; ``probability``: 0 outside.
    """

    left: int
    right: int
    probability: float
    stratum: str
    of: int
    weight: float


def draw_pairs(
    told: Mapping[Pair, float],
    keys: Sequence[Collection[str]],
    *,
    size: int = 500,
    threshold: float = 0.95,
    seed: int = 0,
) -> list[Drawn]:
    """Draw about ``size`` pairs for people to look at.

    ``told``: pairs the linker told, with probabilities; ``keys``: the coarse keys of each record
    (``coarse_keys``). Raises ``WrongInput`` for a size too small for the bands there are.
    """
    if not 0 < threshold <= 1:
        raise WrongInput(f"threshold: {threshold} is no probability above 0; expected such as 0.95")
    rng = np.random.default_rng([seed, 7])
    bands = _bands(told, threshold)
    if size < FEWEST * (len(bands) + 2):
        raise WrongInput(
            f"size: {size} pairs are too few for {len(bands)} bands and those outside; expected "
            f"{FEWEST * (len(bands) + 2)} or more"
        )
    inside = size - sum(round(size * share) for share in OUTSIDE.values())
    found = _inside(bands, told, inside, rng)
    blocks = _Blocks(keys)
    far = round(size * OUTSIDE[FAR])
    found += _near(blocks, told, size - len(found) - far, rng)
    return found + _far(blocks, told, far, rng)


def coarse_keys(records: Iterable[Mapping[str, str]]) -> list[frozenset[str]]:
    """Return under which coarse keys each record lies: what *near* means.

    How two words of the name sound; how one does, with a birth year, give or take one, or with the
    province; the consonants of the whole name.
    """
    return [_keys(record) for record in records]


def with_all_told(
    drawn: Iterable[Drawn], told: Mapping[Pair, float], *, threshold: float = 0.95
) -> list[Drawn]:
    """Put every pair of the bands below ``threshold`` in the place of those drawn of them.

    For a review in which people read all uncertain pairs anyway: these bands then have no error of
    sampling.
    """
    whole = [
        Drawn(left=pair[0], right=pair[1], probability=told[pair], stratum=band, of=len(pairs),
              weight=1.0)
        for band, pairs in _bands(told, threshold).items() if band.startswith(TOLD)
        for pair in pairs
    ]  # fmt: skip
    return [one for one in drawn if not one.stratum.startswith(TOLD)] + whole


def _keys(record: Mapping[str, str]) -> frozenset[str]:
    columns = ("full_name", "family_name", "given_name", "name_km")
    words = {w for c in columns for w in parts_of(record.get(c) or "").whole}
    sounds = sorted({key for word in words for key in keys_of_words((word,))[:1]})
    first, last = birth_years(record) or (1, -2)
    born = [str(year) for year in range(first - 1, last + 2)] if last - first <= WIDEST else []
    codes = [code for place in PLACES if (code := record.get(f"{place}_code") or "")]
    found = {f"words {a} {b}" for a, b in combinations(sounds, 2)}
    found |= {f"born {sound} {year}" for sound in sounds for year in born}
    found |= {f"place {sound} {code[:2]}" for sound in sounds for code in codes}
    return frozenset(found | {f"consonants {kept}" for kept in _consonants(sounds)})


def _consonants(sounds: Sequence[str]) -> set[str]:
    """The consonants of a whole name, which slips of vowels leave, in the order of its words."""
    kept = "".join(sorted("".join(c for c in sound if c.isupper()) for sound in sounds))
    return {kept} if len(kept) > 2 else set()


def _bands(told: Mapping[Pair, float], threshold: float) -> dict[str, list[Pair]]:
    """The told pairs of each band that has any, the most probable first."""
    edges = sorted({0.0, *(e for e in EDGES), threshold, 1.0 + 1e-9}, reverse=True)
    found: defaultdict[str, list[Pair]] = defaultdict(list)
    for pair, chance in sorted(told.items()):
        high, low = next((h, e) for h, e in pairwise(edges) if chance >= e)
        kind = JOINED if low >= threshold else TOLD
        found[f"{kind} {low:g} to {min(high, 1):g}"].append(pair)
    return dict(sorted(found.items()))


def _inside(
    bands: Mapping[str, Sequence[Pair]], told: Mapping[Pair, float], size: int,
    rng: np.random.Generator,
) -> list[Drawn]:  # fmt: skip
    """Draw of each band without putting back, as many as its size and uncertainty ask for."""
    unsure = {}
    for band, pairs in bands.items():
        mean = min(max(float(np.mean([told[p] for p in pairs])), 0.02), 0.98)
        unsure[band] = len(pairs) * (mean * (1 - mean)) ** 0.5
    left = size - FEWEST * len(bands)
    found = []
    for band, pairs in bands.items():
        many = min(FEWEST + int(left * unsure[band] / sum(unsure.values())), len(pairs))
        for place in sorted(rng.choice(len(pairs), size=many, replace=False).tolist()):
            pair = pairs[place]
            found.append(Drawn(left=pair[0], right=pair[1], probability=told[pair], stratum=band,
                               of=many, weight=len(pairs) / many))  # fmt: skip
    return found


class _Blocks:
    """Records that share a coarse key, to draw pairs of: a block as often as it has records."""

    def __init__(self, keys: Sequence[Collection[str]]) -> None:
        self.keys = [frozenset(found) for found in keys]
        held: defaultdict[str, list[int]] = defaultdict(list)
        for number, found in enumerate(self.keys):
            for key in sorted(found):
                held[key].append(number)
        self.held = {key: records for key, records in sorted(held.items()) if len(records) > 1}
        self.names = list(self.held)
        self.ends = np.cumsum([len(records) for records in self.held.values()])

    def drawn(self, rng: np.random.Generator) -> Pair:
        """One pair of a block, as likely as ``chance`` says."""
        place = int(np.searchsorted(self.ends, rng.integers(self.ends[-1]), side="right"))
        records = self.held[self.names[place]]
        one = int(rng.integers(len(records)))
        other = int(rng.integers(len(records) - 1))
        other += other >= one
        first, second = sorted((records[one], records[other]))
        return first, second

    def chance(self, pair: Pair) -> float:
        """How likely one draw is this pair: 2 / (n - 1) for each block of n that both are in."""
        shared = self.shared(pair)
        if not shared:
            return 0.0
        return sum(2 / (len(self.held[key]) - 1) for key in shared) / float(self.ends[-1])

    def shared(self, pair: Pair) -> frozenset[str]:
        """The keys both records lie under."""
        return self.keys[pair[0]] & self.keys[pair[1]]


def _near(
    blocks: _Blocks, told: Collection[Pair], size: int, rng: np.random.Generator
) -> list[Drawn]:
    """Draw near pairs that were not told, with putting back, each with its own weight."""
    left_over = 1 - sum(blocks.chance(pair) for pair in told)
    if not blocks.names or left_over < 1e-9:
        return []
    drawn: list[Pair] = []
    for _ in range(size * TRIES):
        pair = blocks.drawn(rng)
        if pair not in told:
            drawn.append(pair)
        if len(drawn) == size:
            break
    return [
        Drawn(left=pair[0], right=pair[1], probability=0.0, stratum=NEAR, of=len(drawn),
              weight=left_over / blocks.chance(pair) / len(drawn))
        for pair in drawn
    ]  # fmt: skip


def _far(
    blocks: _Blocks, told: Collection[Pair], size: int, rng: np.random.Generator
) -> list[Drawn]:
    """Draw of all pairs of records; those told or near are dropped, and count as drawn."""
    many = len(blocks.keys)
    if many < 2:
        return []
    every = many * (many - 1) / 2
    found = []
    for _ in range(size):
        one, other = int(rng.integers(many)), int(rng.integers(many - 1))
        pair = min(one, other + (other >= one)), max(one, other + (other >= one))
        if pair not in told and not blocks.shared(pair):
            found.append(Drawn(left=pair[0], right=pair[1], probability=0.0, stratum=FAR, of=size,
                               weight=every / size))  # fmt: skip
    return found

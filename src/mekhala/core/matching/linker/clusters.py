"""Pairs joined into people, best first, so that what cannot be one person never is.

Two records of a list that holds each person once are two people, and so are two records whose
papers speak against it: a union that would bring them together is refused. This is single
linkage by descending probability with constraints (Davidson and Ravi 2005); for two lists that each
hold a person once it is the greedy one-to-one assignment.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from mekhala.core.matching.exact_keys import Cluster

type Pair = tuple[int, int, float]  # two records by number, and the probability


class Groups:
    """Records in groups, with what must not meet in one."""

    def __init__(self, alone: Mapping[int, int], apart: Iterable[tuple[int, int]]) -> None:
        self.alone = alone
        self.head: dict[int, int] = {}
        self.members: dict[int, list[int]] = {}
        self.lists: dict[int, set[int]] = {}
        self.apart: defaultdict[int, set[int]] = defaultdict(set)
        for one, other in apart:
            self.apart[one].add(other)
            self.apart[other].add(one)

    def join(self, one: int, other: int) -> bool:
        """Join two groups; False where they may not be one."""
        a, b = self._head(one), self._head(other)
        if a == b:
            return True
        if len(self.members[a]) < len(self.members[b]):
            a, b = b, a
        if self.lists[a] & self.lists[b] or self._kept_apart(a, b):
            return False
        for record in self.members[b]:
            self.head[record] = a
        self.members[a] += self.members.pop(b)
        self.lists[a] |= self.lists.pop(b)
        return True

    def _head(self, record: int) -> int:
        if record not in self.head:
            self.head[record] = record
            self.members[record] = [record]
            self.lists[record] = {self.alone[record]} if record in self.alone else set()
        return self.head[record]

    def _kept_apart(self, a: int, b: int) -> bool:
        there = set(self.members[a])
        return any(not there.isdisjoint(self.apart[r]) for r in self.members[b] if r in self.apart)


def joined(
    pairs: Iterable[Pair], *, alone: Mapping[int, int], apart: Iterable[tuple[int, int]] = ()
) -> tuple[list[list[int]], list[Pair]]:
    """Join pairs, the most probable first; return groups of two and more, and refused pairs.

    ``alone``: record → number of its list, for lists that hold each person once. ``apart``: pairs
    that are not one person. The order of the pairs does not matter.

    >>> joined([(1, 2, 0.99), (2, 3, 0.97)], alone={1: 0, 3: 0})
    ([[1, 2]], [(2, 3, 0.97)])
    """
    groups = Groups(alone, apart)
    refused = [
        pair
        for pair in sorted(pairs, key=lambda p: (-p[2], p[0], p[1]))
        if not groups.join(pair[0], pair[1])
    ]
    return sorted(sorted(m) for m in groups.members.values() if len(m) > 1), refused


def one_to_one(pairs: Iterable[Pair], alone: Mapping[int, int]) -> list[Pair]:
    """Return the pairs that are left when a record meets one record of each such list, the best."""
    taken: set[tuple[int, int]] = set()
    kept = []
    for one, other, probability in sorted(pairs, key=lambda p: (-p[2], p[0], p[1])):
        claims = {(one, alone[other])} if other in alone else set()
        claims |= {(other, alone[one])} if one in alone else set()
        if not claims & taken:
            taken |= claims
            kept.append((one, other, probability))
    return kept


def people(
    groups: Sequence[Sequence[int]], records: Sequence[tuple[str, str]]
) -> tuple[Cluster, ...]:
    """Return every record, as (source, record_id), in its person; numbered by the first record."""
    grouped = {record for group in groups for record in group}
    found = [tuple(sorted(records[r] for r in group)) for group in groups]
    found += [(key,) for number, key in enumerate(records) if number not in grouped]
    return tuple(
        Cluster(person_id=f"person-{number}", records=group)
        for number, group in enumerate(sorted(found), start=1)
    )


def numbers_of(sources: Sequence[str], distinct: Collection[str]) -> dict[int, int]:
    """Return record → number of its list, for the lists named in ``distinct``."""
    number = {name: place for place, name in enumerate(sorted(distinct))}
    return {place: number[name] for place, name in enumerate(sources) if name in number}

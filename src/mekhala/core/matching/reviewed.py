"""People after review: what the linker joined, put right by what two reviewers said of pairs.

A pair said to be one person is joined, one said to be different is kept apart, whatever else
would join it; of all other pairs the linker's answer stands. Where the answers contradict each
other (A is B, B is C, A is not C) nobody is joined against a "different": the contradiction is
handed back, so that it can be looked at, and the records stay apart.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

type Pair = tuple[int, int]


class Answer(StrEnum):
    """What a reviewer says of a pair."""

    SAME = "same"
    DIFFERENT = "different"
    CANNOT_TELL = "cannot_tell"


NEEDED, WITH_A_THIRD = 2, 3


def joint(answers: Sequence[Answer]) -> Answer | None:
    """Return what the reviewers of a pair say together; None while another one is needed.

    Two that agree decide. Two that do not are joined by a third, and most of three decide; three
    that all differ cannot tell.

    >>> joint([Answer.SAME, Answer.DIFFERENT])
    >>> joint([Answer.SAME, Answer.DIFFERENT, Answer.SAME]).value
    'same'
    """
    if len(answers) < NEEDED:
        return None
    most, times = Counter(answers).most_common(1)[0]
    if times >= NEEDED:
        return most
    return Answer.CANNOT_TELL if len(answers) >= WITH_A_THIRD else None


@dataclass(frozen=True, kw_only=True)
class Reviewed:
    """``people``: the person of each record, numbered from 1 in order of their first record.

    ``against``: pairs said to be one person that were kept apart by a "different".
    """

    people: dict[int, int]
    against: tuple[Pair, ...]


def people_after(
    linked: Mapping[int, int],
    pairs: Iterable[tuple[Pair, float]],
    judged: Mapping[Pair, Answer],
) -> Reviewed:
    """Return the people of ``linked`` (person of each record by the linker) after review.

    ``pairs`` are those the linker found likely enough to join, with their probability: by them its
    people are taken apart where a pair in between is said to be different, the least likely tie
    first. ``judged`` holds each pair once, its records in rising order.
    """
    groups = _Groups(linked, (p for p, said in judged.items() if said is Answer.DIFFERENT))
    same = sorted(p for p, said in judged.items() if said is Answer.SAME)
    against = tuple(p for p in same if not groups.join(p))
    tied = [(-chance, pair) for pair, chance in pairs if linked[pair[0]] == linked[pair[1]]]
    for _chance, pair in sorted(tied):
        if judged.get(pair) is not Answer.DIFFERENT:
            groups.join(pair)
    _keep_whole(groups, linked)
    return Reviewed(people=groups.numbered(), against=against)


def _keep_whole(groups: "_Groups", linked: Mapping[int, int]) -> None:
    """Join what the linker joined through pairs not handed over, but never those parted."""
    first: dict[int, int] = {}
    for record, person in linked.items():
        if first.setdefault(person, record) != record and not groups.was_parted(person):
            groups.join((first[person], record))


class _Groups:
    """Records in groups that are joined unless two of them are said to be different people."""

    def __init__(self, linked: Mapping[int, int], apart: Iterable[Pair]) -> None:
        self._linked = linked
        self._root = {record: record for record in linked}
        self._members: dict[int, list[int]] = {record: [record] for record in linked}
        self._apart: dict[int, set[int]] = defaultdict(set)
        self._parted: set[int] = set()
        for left, right in apart:
            self._apart[left].add(right)
            self._apart[right].add(left)
            if linked[left] == linked[right]:
                self._parted.add(linked[left])

    def was_parted(self, person: int) -> bool:
        """Return whether two records of the linker's person are said to be different."""
        return person in self._parted

    def join(self, pair: Pair) -> bool:
        """Join the groups of two records; False, and nothing done, where a "different" forbids."""
        small, large = sorted(map(self._of, pair), key=lambda root: len(self._members[root]))
        if small == large:
            return True
        if any(self._is_apart(record, large) for record in self._members[small]):
            return False
        for record in self._members[small]:
            self._root[record] = large
        self._members[large] += self._members.pop(small)
        return True

    def numbered(self) -> dict[int, int]:
        """Return the number of the group of each record."""
        numbers: dict[int, int] = {}
        return {r: numbers.setdefault(self._root[r], len(numbers) + 1) for r in sorted(self._root)}

    def _of(self, record: int) -> int:
        return self._root[record]

    def _is_apart(self, record: int, group: int) -> bool:
        return any(self._root[other] == group for other in self._apart.get(record, ()))


def unjudged(pairs: Collection[Pair], judged: Mapping[Pair, Answer]) -> int:
    """Return of how many pairs nothing was decided: not reviewed, or nobody could tell."""
    return sum(judged.get(pair, Answer.CANNOT_TELL) is Answer.CANNOT_TELL for pair in pairs)

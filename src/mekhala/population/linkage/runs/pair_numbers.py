"""Pairs that agencies found at home, laid beside those a run found: by number, nothing to be read.

Such a list has a record for each number its agency counted; a record without a pair is somebody on
no other list. A pair that is not certain joins nobody and is reviewed by nobody: it goes on to the
estimates with its probability.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from mekhala.core.matching.linker.clusters import Groups, numbers_of, one_to_one
from mekhala.population.linkage import records
from mekhala.population.linkage.models import AgencyList, Kept, LinkageRun, ListRecord
from mekhala.population.linkage.runs.errors import NothingPlaced
from mekhala.population.linkage.runs.linking import DIGITS, Found, distinct_of
from mekhala.safeguards.access.acting import acting_for

type Pair = tuple[int, int, float]


def with_pair_numbers(found: Found, run: LinkageRun, *, at: datetime) -> Found:
    """Return what a run found, with the records and pairs of its lists of pair numbers.

    Raises ``NothingPlaced`` where such a list has pairs and none is of a record of the run.
    """
    lists = [one["id"] for one in run.lists if one.get("kept") == Kept.PAIRS]
    if not lists:
        return found
    with acting_for(run.asked_by_id):
        told, sources, elsewhere = _told(run, lists, at=at)
    sources = found.sources | sources
    alone = _alone(run, sources)
    kept = [p for p in one_to_one(told, alone) if p[2] >= run.review_from]
    sure = [pair for pair in kept if pair[2] >= run.threshold]
    return replace(
        found, sources=sources, people=_people(found.people, sources, sure, alone),
        pairs=sorted([*found.pairs, *(((a, b), chance) for a, b, chance in kept)]),
        at_home={"pairs_at_home": len(kept), "pairs_elsewhere": elsewhere},
    )  # fmt: skip


def _alone(run: LinkageRun, sources: Mapping[int, str]) -> dict[int, int]:
    """Record → number of its list, for the lists that hold each person once."""
    records = list(sources)
    numbered = numbers_of(list(sources.values()), distinct_of(run))
    return {records[place]: of for place, of in numbered.items()}


def _told(
    run: LinkageRun, lists: list[int], *, at: datetime
) -> tuple[list[Pair], dict[int, str], int]:
    """The pairs of these lists by record, each pair once with its best probability; the list of
    each of their records; how many pairs are of records that are not there.
    """
    place = _places(run)
    best: dict[tuple[int, int], float] = {}
    sources: dict[int, str] = {}
    elsewhere = 0
    for pk in lists:
        taken = AgencyList.objects.get(pk=pk)
        placed = missing = 0
        for number, said in records.tokens_of(taken, by=run.asked_by, at=at):
            sources[number] = taken.source
            for other, chance in _pairs(said, place):
                if other is None:
                    missing += 1
                elif other != number:
                    placed += 1
                    pair = (min(number, other), max(number, other))
                    best[pair] = max(best.get(pair, 0.0), round(float(chance), DIGITS))
        if missing and not placed:
            raise NothingPlaced
        elsewhere += missing
    return [(*pair, chance) for pair, chance in sorted(best.items())], sources, elsewhere


def _pairs(
    said: Mapping[str, Any], place: Mapping[str, Mapping[str, int]]
) -> Iterator[tuple[int | None, float]]:
    """The other record of each pair, None where it is not there; lists not asked for are left."""
    for source, digest, chance in said["pairs"]:
        if source in place:
            yield place[source].get(digest), chance


def _places(run: LinkageRun) -> dict[str, dict[str, int]]:
    """Source → digest of a record id → its record, for all lists of a run."""
    found: defaultdict[str, dict[str, int]] = defaultdict(dict)
    names = {one["id"]: one["source"] for one in run.lists}
    rows = ListRecord.objects.filter(agency_list__in=names).order_by("pk")
    for pk, of_list, digest in rows.values_list("pk", "agency_list_id", "record").iterator():
        found[names[of_list]].setdefault(digest, pk)  # as a run keeps the first of two alike
    return dict(found)


def _people(
    people: Mapping[int, int], sources: Mapping[int, str], sure: list[Pair],
    alone: Mapping[int, int],
) -> dict[int, int]:  # fmt: skip
    """Join what was joined here, then by the sure pairs from home, the most probable first.

    A list that holds each person once is held to it.
    """
    groups = Groups(alone, ())
    first: dict[int, int] = {}
    for record, person in people.items():
        groups.join(first.setdefault(person, record), record)
    for one, other, _chance in sorted(sure, key=lambda p: (-p[2], p[0], p[1])):
        groups.join(one, other)
    heads: dict[int, int] = {}
    return {
        record: heads.setdefault(groups.head.get(record, record), len(heads) + 1)
        for record in sorted(sources)
    }

"""After the review: the people of a run, their overlap table and how far their cases came."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.tasks import task
from django.utils import timezone

from mekhala.core.matching.attrition import Funnel, Seen, Stage, funnel, patterns
from mekhala.core.matching.reviewed import Answer, Pair, people_after
from mekhala.population.linkage.models import (
    LinkageRun,
    LinkedPair,
    LinkedRecord,
    OverlapTable,
    ReviewPair,
    RunState,
    SettledRecord,
    Settlement,
)
from mekhala.population.linkage.runs.keeping import keep_settled
from mekhala.population.linkage.runs.sampling import what_it_says
from mekhala.safeguards.access.acting import acting_for
from mekhala.safeguards.audit import services as audit

AT_ONCE = 5000


def settle_now(run: LinkageRun, *, at: datetime) -> LinkageRun:
    """Settle the people of a run whose review is closed, all or nothing; a second time nothing."""
    with acting_for(run.asked_by_id):
        found = LinkageRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
        if found.state == RunState.SETTLING:
            _settle(found, at=at)
    return found


@task()
def settle(run_id: int) -> str:
    """Settle one run, as a worker's task; return the state it came to."""
    return settle_now(LinkageRun.objects.get(pk=run_id), at=timezone.now()).state


def judged(run: LinkageRun) -> dict[Pair, Answer]:
    """Return what reviewers say together of the pairs of a closed review."""
    rows = ReviewPair.objects.filter(run=run).exclude(outcome="")
    found = rows.values_list("pair__left", "pair__right", "outcome")
    return {(left, right): Answer(said) for left, right, said in found}


def _settle(run: LinkageRun, *, at: datetime) -> None:
    linked, sources, years = _linked(run)
    said = judged(run)
    after = people_after(linked, _sure(run), said)
    settlement = Settlement.objects.create(
        run=run, at=at, people=len(set(after.people.values())),
        table=_table(after.people, sources, at=at),
        reviewed=_reviewed(run, said) | {"against": len(after.against)},
        funnel=funnel_of(run, after.people, sources, years, at=at).to_dict(),
        checked=what_it_says(run, said),
    )  # fmt: skip
    keep_settled(settlement.pk, ((r, sources[r], p) for r, p in after.people.items()))
    run.state = RunState.SETTLED
    run.save(update_fields=["state"])
    audit.record("linkage.run_settled", subject=run.number, by=run.asked_by, at=at,
                 people=settlement.people, table=settlement.table_id)  # fmt: skip


def _linked(run: LinkageRun) -> tuple[dict[int, int], dict[int, str], dict[int, int]]:
    """The person, the source and, where it is told, the year of each record."""
    people: dict[int, int] = {}
    sources: dict[int, str] = {}
    years: dict[int, int] = {}
    names: dict[str, str] = {}  # one text for a source, not one a record
    rows = LinkedRecord.objects.filter(run=run).order_by("record")
    found = rows.values_list("record", "source", "person", "year")
    for record, source, person, year in found.iterator(chunk_size=AT_ONCE):
        people[record], sources[record] = person, names.setdefault(source, source)
        if year is not None:
            years[record] = year
    return people, sources, years


def _sure(run: LinkageRun) -> Iterator[tuple[Pair, float]]:
    rows = _told(run).filter(is_uncertain=False)
    found = rows.values_list("left", "right", "probability").iterator(chunk_size=AT_ONCE)
    return (((left, right), chance) for left, right, chance in found)


def _told(run: LinkageRun) -> QuerySet[LinkedPair]:
    """The pairs the linker handed over; those drawn beside them have no probability."""
    return LinkedPair.objects.filter(run=run, probability__gt=0).order_by("left", "right")


def _reviewed(run: LinkageRun, said: Mapping[Pair, Answer]) -> dict[str, int]:
    counts = Counter(answer.value for answer in said.values())
    left = ReviewPair.objects.filter(run=run).count() - len(said)
    return {answer.value: counts[answer.value] for answer in Answer} | {"left": left}


def _table(people: Mapping[int, int], sources: Mapping[int, str], *, at: datetime) -> OverlapTable:
    """The overlap table of the settled people, which goes on to the estimates."""
    lists = sorted(set(sources.values()))
    on: defaultdict[int, set[str]] = defaultdict(set)
    for record, person in people.items():
        on[person].add(sources[record])
    counts = Counter(tuple(int(name in of) for name in lists) for of in on.values())
    rows = [[*history, count] for history, count in sorted(counts.items(), reverse=True)]
    return OverlapTable.objects.create(
        made_at=at, lists=lists, rows=rows, records=len(people), people=len(on)
    )


def funnel_of(
    run: LinkageRun, people: Mapping[int, int], sources: Mapping[int, str],
    years: Mapping[int, int], *, at: datetime,
) -> Funnel:  # fmt: skip
    """Return how far the cases of these people came, from lists that tell of a stage."""
    stages = stages_of(run)
    seen: defaultdict[int, list[Seen]] = defaultdict(list)
    for record, person in people.items():
        if stage := stages.get(sources[record]):
            seen[person].append(Seen(stage=stage, year=years.get(record)))
    closed = timezone.localdate(at).year - 1
    return funnel(patterns(seen.values()), reported=_reported(run, stages), closed=closed)


def stages_of(run: LinkageRun) -> dict[str, Stage]:
    """Return the stage each source tells of; a source without one is not there."""
    return {one["source"]: Stage(one["stage"]) for one in run.lists if one["stage"] in Stage}


def _reported(run: LinkageRun, stages: Mapping[str, Stage]) -> dict[Stage, list[set[int]]]:
    """The years each source of a stage tells of, all its lists together."""
    years: defaultdict[str, set[int]] = defaultdict(set)
    for one in run.lists:
        years[one["source"]] |= set(one["years"])
    told: defaultdict[Stage, list[set[int]]] = defaultdict(list)
    for source, stage in stages.items():
        told[stage].append(years[source])
    return dict(told)


def settled(run: LinkageRun) -> Iterator[tuple[int, str, int]]:
    """Return (record, source, person) of every record of a settled run."""
    rows = SettledRecord.objects.filter(settlement__run=run).order_by("record")
    return rows.values_list("record", "source", "person").iterator(chunk_size=AT_ONCE)


def links_of(run: LinkageRun) -> Iterable[tuple[int, int, float]]:
    """Return pairs with the probability that goes on to estimates: 1 or 0 where people said so."""
    said = judged(run)
    rows = _told(run)
    sure: dict[Any, float] = {Answer.SAME: 1.0, Answer.DIFFERENT: 0.0}
    for left, right, chance in rows.values_list("left", "right", "probability").iterator(AT_ONCE):
        yield left, right, sure.get(said.get((left, right)), chance)

"""What the linker makes of the records of a run, as numbers of records."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.utils import timezone

from mekhala.core.names.dates import read_birth
from mekhala.population.linkage.models import LinkageRun
from mekhala.population.linkage.runs.sampling import Sampled, sampled
from mekhala.population.linkage.runs.spool import Spool

type Pair = tuple[int, int]
type Tell = Callable[[int, int], None]
type Levels = list[dict[str, Any]]
DIGITS = 9  # of a probability: beyond them the last places of two machines may differ


@dataclass(frozen=True, kw_only=True)
class Found:
    """``pairs`` in rising order with their probability; ``people``: the person of each record;
    ``years``: of the event, where it is told; ``levels`` of the pairs that are to be reviewed;
    ``drawn``: pairs to check the linkage by, told or not; ``at_home``: of the pairs agencies found
    themselves, how many are among ``pairs`` and how many name a record that is not there;
    ``again``: rows of a list's later files that say what an earlier one said, taken once.
    """

    pairs: list[tuple[Pair, float]]
    people: dict[int, int]
    sources: dict[int, str]
    years: dict[int, int]
    levels: dict[Pair, Levels]
    model: str
    unlinkable: int
    drawn: dict[Pair, Sampled] = field(default_factory=dict)
    at_home: dict[str, int] = field(default_factory=dict)
    again: int = 0

    def result_hash(self) -> str:
        """Return the SHA-256 of pairs and people: numbers and probabilities, no name."""
        digest = hashlib.sha256()
        for pair, probability in self.pairs:
            digest.update(f"{pair[0]},{pair[1]},{probability:.{DIGITS}f}\n".encode())
        for record in sorted(self.people):
            digest.update(f"{record}={self.people[record]}\n".encode())
        return digest.hexdigest()


def link(run: LinkageRun, spool: Spool, tell: Tell) -> Found:
    """Link the records of ``spool`` as ``run`` asks. Raises ``WrongInput`` as the linker does."""
    from mekhala.core.matching.linker.model import Model

    sources: dict[int, str] = {}
    years: dict[int, int] = {}
    given = Model.loads(run.model_given) if run.model_given else None
    linked = _linked(run, spool, _noted(spool, sources, years), given, tell)
    numbers = list(sources)  # in the order the linker read them
    pairs = sorted(
        (_in_order(numbers[left], numbers[right]), round(chance, DIGITS))
        for left, right, chance in linked.pairs
    )
    drawn = sampled(run, spool, numbers, dict(pairs)) if run.sample and not run.repeats_id else {}
    uncertain = [p for p, chance in pairs if chance < run.threshold]
    return Found(
        pairs=pairs, people=numbered(linked.people), sources=sources, years=years,
        levels=_levels(spool, [*dict.fromkeys([*uncertain, *drawn])], linked.model), drawn=drawn,
        model=linked.model.dumps(), unlinkable=linked.unlinkable,
    )  # fmt: skip


def _linked(
    run: LinkageRun, spool: Spool, records: Iterable[dict[str, str]], model: Any, tell: Tell
) -> Any:
    """Link in a database in memory; what does not fit there goes to the run's own folder."""
    from mekhala.core.matching.linker.in_memory import in_memory
    from mekhala.core.matching.linker.linking import link_raw
    from mekhala.core.matching.linker.tables import raw_of_records

    with in_memory(str(spool.folder)) as con:
        raw_of_records(con, records)
        return link_raw(
            con, threshold=run.threshold, review_from=run.review_from, distinct=distinct_of(run),
            model=model, engine=run.engine, seed=run.seed, progress=tell,
            on=timezone.localdate(run.asked_at).isoformat(),
        )  # fmt: skip


def distinct_of(run: LinkageRun) -> tuple[str, ...]:
    """Return the sources that hold each person once: those all of whose lists say so."""
    by_source: dict[str, list[bool]] = {}
    for one in run.lists:
        by_source.setdefault(one["source"], []).append(one["is_distinct"])
    return tuple(s for s, said in sorted(by_source.items()) if len(said) == 1 and all(said))


def _noted(
    spool: Spool, sources: dict[int, str], years: dict[int, int]
) -> Iterable[dict[str, str]]:
    """The records as the linker reads them: under their number instead of the agency's own id."""
    for number, record in spool:
        sources[number] = record["source"]
        if (year := year_of(record["event_date"])) is not None:
            years[number] = year
        yield {**record, "record_id": str(number)}


@lru_cache(maxsize=65_536)
def year_of(text: str) -> int | None:
    """Return the year of an event's date as agencies write it; None where it is not told."""
    found = read_birth(text)
    return None if found is None or found.about else found.year


def _in_order(one: int, other: int) -> Pair:
    return (one, other) if one < other else (other, one)


def numbered(clusters: Iterable[Any]) -> dict[int, int]:
    """Number people from 1 in order of their first record, whatever the linker called them."""
    groups = sorted(sorted(int(record) for _source, record in c.records) for c in clusters)
    return {record: n for n, group in enumerate(groups, start=1) for record in group}


def _levels(spool: Spool, uncertain: list[Pair], model: Any) -> dict[Pair, Levels]:
    """Weigh the uncertain pairs again, so that the review page need not; only they are held."""
    from mekhala.core.matching.linker.weighing import weigh

    wanted = {record for pair in uncertain for record in pair}
    held = {number: record for number, record in spool if number in wanted} if wanted else {}
    return {
        pair: [
            {"field": p.field, "level": p.level, "bits": round(p.bits, 2), "because": p.because}
            for p in weigh(held[pair[0]], held[pair[1]], model).parts
        ]
        for pair in uncertain
    }

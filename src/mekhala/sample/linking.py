"""The step of the main job about records: lists with names are sealed, linked and reviewed.

One run is settled, with the sample that checks it and a funnel; another is in review, half read,
with a pair two officers differ about. The records are those of ``registers``, rows that no list may
keep among them; what the officers say of a pair is the truth, but for some they cannot tell.
"""

from __future__ import annotations

import io
from datetime import date
from itertools import cycle
from typing import TYPE_CHECKING, Any

from mekhala.core.matching.mapping import same_names
from mekhala.core.matching.records import COLUMNS
from mekhala.core.matching.reviewed import Answer
from mekhala.core.matching.taking.files import Given, found_table, survey
from mekhala.core.table_cells import csv_text
from mekhala.population.linkage import declaring, importing
from mekhala.population.linkage.models import AgencyList, LinkageRun, ListRecord, Stage
from mekhala.population.linkage.runs import asking, queries, reviewing, settling, working
from mekhala.safeguards.access.acting import acting_for
from mekhala.safeguards.access.purposes import Role

from .registers import DISTINCT, registers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mekhala.safeguards.access.models import Officer

    from .main_job import Job

PEOPLE = 750
FIRST_YEAR, YEARS = 2019, 6
STAGES = {
    "social_affairs": Stage.IDENTIFIED, "police": Stage.REPORTED, "court": Stage.CHARGED,
}  # fmt: skip
SETTLED, WAITING = ("police", "social_affairs", "court", "shelters"), ("hotline", "embassy")
COURT_UNTIL = date(2023, 12, 31)  # it has not reported since: a gap, and shown as one
SAMPLE = 140
UNSURE = 15  # of every so many pairs the second reader cannot tell one
READ, DIFFER = 6, 1  # pairs of the open run: read by one, and differed about
WRONG: tuple[dict[str, str], ...] = (  # what agencies send, and no list may keep
    {"record_id": "x1", "full_name": '=HYPERLINK("x")'},
    {"record_id": "", "full_name": "No Number"},
    {"record_id": "x2", "full_name": "a" * 10_000},
    {"record_id": "x3", "full_name": '"cut off in the midd'},
)

type Truth = dict[str, int]  # who each record of a list truly is


def review(job: Job) -> dict[str, Any]:
    """Take the lists, link them, read the uncertain pairs of one run, begin with the other."""
    by = job.cast.officer("st-01", role=Role.STATISTICIAN)
    rows, truth = _registers(job.seed)
    with acting_for(by.pk):
        taken = {name: _taken(job, by, name, rows[name]) for name in (*SETTLED, *WAITING)}
        declaring.declare_nested("shelters", "social_affairs", by=by, at=job.now)
    done = _run(job, by, [taken[name] for name in SETTLED], sample=SAMPLE)
    _read_through(job, done, _judge(done, truth, rows))
    with acting_for(by.pk):
        reviewing.close_review(done, leave_rest=True, by=by, at=job.now)
        done = settling.settle_now(done, at=job.now)
    half = _run(job, by, [taken["shelters"], *(taken[name] for name in WAITING)])
    read = _begun(job, half, _judge(half, truth, rows))
    return {
        "lists": len(taken), "records": sum(one.records for one in taken.values()),
        "kept_apart": sum(one.rows_apart for one in taken.values()),
        "people": done.settlement.people, "read": done.figures["to_review"], **read,  # type: ignore[attr-defined]
    }  # fmt: skip


def _registers(seed: int) -> tuple[dict[str, list[dict[str, str]]], Truth]:
    """The records of each list, and who each truly is; the events of a person in one year."""
    rows: dict[str, list[dict[str, str]]] = {name: [] for name in (*SETTLED, *WAITING)}
    truth: Truth = {}
    for record, person in registers(PEOPLE, seed):
        if record["source"] in rows:
            year = FIRST_YEAR + person % YEARS
            rows[record["source"]].append(
                record | {"event_date": f"{year}{record['event_date'][4:]}"}
            )
            truth[record["record_id"]] = person
    rows["court"] = [r for r in rows["court"] if r["event_date"] <= COURT_UNTIL.isoformat()]
    return rows, truth


def _taken(job: Job, by: Officer, name: str, rows: list[dict[str, str]]) -> AgencyList:
    """Take one list as its agency would send it, with rows that cannot be kept at its end."""
    text = csv_text([COLUMNS, *([row[c] for c in COLUMNS] for row in rows)], line_end="\n")
    if name == "police":
        text += _wrong(name, rows[0]["record_id"])
    raw = text.encode()
    given = Given(open=lambda: io.BytesIO(raw), name=f"{name}.csv")
    until = COURT_UNTIL if name == "court" else date(FIRST_YEAR + YEARS - 1, 12, 31)
    said = importing.Said(
        period_from=date(FIRST_YEAR, 1, 1), period_until=until,
        stage=STAGES.get(name, Stage.NONE).value, is_distinct=name in DISTINCT,
    )  # fmt: skip
    surveyed = survey(found_table(given, same_names()))
    return importing.take_file(surveyed, name, said, by=by, clock=lambda: job.now)


def _wrong(name: str, again: str) -> str:
    """Rows as they come: a number twice, a formula, no number, a name without end, a cut."""
    rows = ({"record_id": again}, *WRONG)
    lines = (",".join((row | {"source": name}).get(c, "") for c in COLUMNS) for row in rows)
    return "\n".join(lines).rstrip(",")


def _run(job: Job, by: Officer, lists: list[AgencyList], *, sample: int = 0) -> LinkageRun:
    with acting_for(by.pk):
        asked = asking.ask_run(
            [one.pk for one in lists], seed=job.seed, sample=sample, by=by, at=job.now
        )
        done = working.run_now(asked, at=job.now)
        for officer in _readers(job):
            reviewing.name_reviewer(done, officer, by=by, at=job.now)
    return done


def _readers(job: Job) -> list[Officer]:
    """Two registrars and a statistician: three agencies, so that any of them may be the third."""
    cast = job.cast
    return [cast.officer("sa-01", role=Role.REGISTRAR), cast.officer("st-01", 1, Role.STATISTICIAN),
            cast.officer("sa-12", role=Role.REGISTRAR)]  # fmt: skip


def _read_through(job: Job, run: LinkageRun, is_one: Any) -> None:
    """Let every pair of a run be read by two, and by the third where they differ."""
    first, second, third = _readers(job)
    for who in (first, second, third):
        doubts = cycle([who == second, *[False] * (UNSURE - 1)])
        while _reads_one(job, run, who, is_one, doubts):
            pass


def _reads_one(
    job: Job, run: LinkageRun, who: Officer, is_one: Any, doubts: Iterator[bool]
) -> bool:
    """Let an officer answer the next pair; return whether there was one. Each answer is kept."""
    with acting_for(who.pk):
        found = queries.next_pair(run)
        if found.review_pair:
            said = Answer.CANNOT_TELL if next(doubts) else is_one(found.records)
            _says(run, found.review_pair, said, who, job)
    return bool(found.review_pair)


def _begun(job: Job, run: LinkageRun, is_one: Any) -> dict[str, int]:
    """Let one officer read some pairs, and another differ about the first of them."""
    first, second, _newcomer = _readers(job)
    other = {Answer.SAME: Answer.DIFFERENT, Answer.DIFFERENT: Answer.SAME}
    for who, many in ((first, READ), (second, DIFFER)):
        with acting_for(who.pk):
            for _n in range(many):
                found = queries.next_pair(run)
                if found.review_pair:
                    said = is_one(found.records)
                    _says(run, found.review_pair, said if who == first else other[said], who, job)
    with acting_for(run.asked_by_id):
        progress = queries.progress_of(run)
    return {"waiting": progress.pairs - progress.settled, "third": progress.third}


def _says(run: LinkageRun, pair: int, said: Answer, who: Officer, job: Job) -> None:
    reviewing.answer(run, pair, said.value, by=who, at=job.now)


def _judge(run: LinkageRun, truth: Truth, rows: dict[str, list[dict[str, str]]]) -> Any:
    """Return what says of two records whether they truly are one person: by their rows."""
    sources = {one["id"]: one["source"] for one in run.lists}
    with acting_for(run.asked_by_id):
        kept = ListRecord.objects.filter(agency_list__in=list(sources))
        people = {
            pk: truth[rows[sources[of_list]][row - 2]["record_id"]]
            for pk, of_list, row in kept.values_list("pk", "agency_list_id", "row")
        }

    def is_one(pair: tuple[int, int] | None) -> Answer:
        assert pair is not None
        return Answer.SAME if people[pair[0]] == people[pair[1]] else Answer.DIFFERENT

    return is_one

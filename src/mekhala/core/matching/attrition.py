"""How far the cases of people came: identified, reported, charged, convicted, by cohort.

A cohort is everybody whose first record of any stage is of one year, so that no count is set
against one of an unlike year. A stage is what an agency's list tells; nothing says that a person
passes all of them, or in order: who is charged and on no list of identified people is counted
there, and told apart. Where no list of a stage reported on the years in question there is a gap,
not a zero, and where one reported in part nobody is said to have stopped there. Counts below a
threshold are withheld with as many others as keep them from being worked out (``disclosure``).

Acquittals, dropped charges and people who wished for no proceedings look alike here: not seen at
the next stage. Cohorts after UNODC, Global Report on Trafficking in Persons, and the attrition
studies it rests on (Kelly, Lovett & Regan 2005, Home Office Research Study 293).
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from mekhala.core.wrong_input import WrongInput

if TYPE_CHECKING:  # the programmes that hide small counts are loaded when counts are hidden
    from mekhala.core.disclosure.suppression import ProtectedTable
    from mekhala.core.disclosure.tables import Margin

YES, NO, UNKNOWN = "yes", "no", "unknown"
FOLLOW_UP = 3  # years after the first in which a case is given time to come further
OLDEST = 12  # cohorts; what lies further back is one


class Stage(StrEnum):
    """What a list tells of the people on it, in the order of the way."""

    IDENTIFIED = "identified"
    REPORTED = "reported"
    CHARGED = "charged"
    CONVICTED = "convicted"


class Why(StrEnum):
    """What it means that somebody of a cohort was not seen at a stage."""

    NO_REPORT = "no_report"  # no list of the stage told anything of these years: a gap
    IN_PART = "in_part"  # some lists or years are missing: not known
    STILL_OPEN = "still_open"  # all reported so far, and the time to wait is not over
    NOT_SEEN = "not_seen"  # all reported, and the time is over


@dataclass(frozen=True, kw_only=True)
class Seen:
    """One record of a person: its list's stage and the year, None where that is not known."""

    stage: Stage
    year: int | None


@dataclass(frozen=True, kw_only=True)
class Step:
    """One stage of one cohort; a count is None where it is withheld, or where there is no report.

    ``seen`` and ``unseen`` are all of the cohort's ``people``. Of ``seen``, ``came_on`` were seen
    at the stage before too and ``out_of_order`` were not; both None at the first stage, and where
    nobody reports on the stage before (``tells_before`` False).
    """

    stage: Stage
    why: Why
    tells_before: bool
    seen: int | None
    unseen: int | None
    came_on: int | None
    out_of_order: int | None


@dataclass(frozen=True, kw_only=True)
class Cohort:
    """Everybody first recorded in one year: ``"2023"``, ``"before 2014"`` or ``"unknown"``."""

    name: str
    people: int | None
    steps: tuple[Step, ...]


@dataclass(frozen=True, kw_only=True)
class Funnel:
    """The cohorts in order, the one of unknown year last; ``people`` None where withheld."""

    people: int | None
    cohorts: tuple[Cohort, ...]
    closed: int
    follow_up: int
    threshold: int

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain values."""
        return asdict(self)


type Pick = tuple[tuple[str, ...], tuple[str, ...]]  # dimensions, and a category of each
type Shown = Mapping[Pick, int | None]
type Reported = Mapping[Stage, Sequence[Collection[int]]]
type Patterns = Mapping[tuple[int | None, frozenset[Stage]], int]


def patterns(people: Iterable[Iterable[Seen]]) -> Counter[tuple[int | None, frozenset[Stage]]]:
    """Return how many people of each cohort were seen at which stages.

    Somebody without any record of a stage is not counted; the cohort is None where no record
    has a year.
    """
    found: Counter[tuple[int | None, frozenset[Stage]]] = Counter()
    for records in people:
        seen = list(records)
        years = [record.year for record in seen if record.year is not None]
        if seen:
            found[min(years, default=None), frozenset(record.stage for record in seen)] += 1
    return found


def funnel(
    counted: Patterns, *, reported: Reported, closed: int, follow_up: int = FOLLOW_UP,
    threshold: int = 10,
) -> Funnel:  # fmt: skip
    """Return the funnel of ``counted`` (as of ``patterns``), small counts withheld.

    ``reported``: for each list of a stage, the years of which it told anything. ``closed`` is the
    last year that is over; ``follow_up`` the years a case is given. Raises ``WrongInput`` for a
    follow-up that is not 0 to 20.
    """
    if not 0 <= follow_up <= 20:
        raise WrongInput(f"follow_up: {follow_up} years; expected 0 to 20")
    first = closed - OLDEST + 1
    names = _names({year for year, _stages in counted}, first, closed)
    if not names:
        return Funnel(people=0, cohorts=(), closed=closed, follow_up=follow_up, threshold=threshold)
    protected = _protected(counted, names, first, threshold)
    shown = {(cell.margin, cell.categories): count for cell, count in protected.shown.items()}
    cohorts = tuple(
        _cohort(name, shown, reported, closed=closed, follow_up=follow_up) for name in names
    )
    everybody = shown[(), ()]
    return Funnel(
        people=everybody, cohorts=cohorts, closed=closed, follow_up=follow_up, threshold=threshold
    )


def name_of(year: int | None, first: int) -> str:
    """Return the name of a year's cohort; everything before ``first`` is one."""
    if year is None:
        return UNKNOWN
    return str(year) if year >= first else f"before {first}"


def _names(years: Collection[int | None], first: int, closed: int) -> list[str]:
    """Every cohort from the first to the last, those of nobody between them too."""
    known = sorted(max(year, first - 1) for year in years if year is not None)
    span = range(known[0], max(known[-1], closed) + 1) if known else ()
    return [name_of(y, first) for y in span] + ([UNKNOWN] if None in years else [])


def _protected(
    counted: Patterns, names: Sequence[str], first: int, threshold: int
) -> "ProtectedTable":
    """The cross of cohort and the four stages, and what of its margins may be shown."""
    from mekhala.core.disclosure.suppression import protect
    from mekhala.core.disclosure.tables import cross

    counts: Counter[tuple[str, ...]] = Counter()
    for (year, stages), people in counted.items():
        counts[name_of(year, first), *(YES if s in stages else NO for s in Stage)] += people
    dimensions = {"cohort": tuple(names)} | {stage.value: (YES, NO) for stage in Stage}
    published: list[Margin] = [(), ("cohort",), *(("cohort", s.value) for s in Stage)]
    published += [("cohort", a.value, b.value) for a, b in pairwise(Stage)]
    return protect(cross(dimensions, counts), published, threshold=threshold)


def _cohort(name: str, shown: Shown, reported: Reported, *, closed: int, follow_up: int) -> Cohort:
    whys: dict[Stage, Why] = {}
    for stage in Stage:
        nobody = shown[_one(name, stage, YES)] == 0
        told = _told(name, reported.get(stage, ()), closed, follow_up)
        whys[stage] = _why(told, nobody=nobody)
    before = dict(zip(list(Stage)[1:], Stage, strict=False))
    steps = tuple(_step(name, s, before.get(s), shown, whys) for s in Stage)
    return Cohort(name=name, people=shown[("cohort",), (name,)], steps=steps)


def _step(
    name: str, stage: Stage, before: Stage | None, shown: Shown,
    whys: Mapping[Stage, Why],
) -> Step:  # fmt: skip
    tells_before = before is not None and whys[before] is not Why.NO_REPORT
    if whys[stage] is Why.NO_REPORT:
        return Step(
            stage=stage, why=Why.NO_REPORT, tells_before=tells_before, seen=None, unseen=None,
            came_on=None, out_of_order=None,
        )  # fmt: skip
    came_on = out_of_order = None
    if before is not None and tells_before:
        came_on, out_of_order = (
            shown[("cohort", before.value, stage.value), (name, was, YES)] for was in (YES, NO)
        )
    return Step(
        stage=stage, why=whys[stage], tells_before=tells_before, came_on=came_on,
        out_of_order=out_of_order, seen=shown[_one(name, stage, YES)],
        unseen=shown[_one(name, stage, NO)],
    )  # fmt: skip


def _one(name: str, stage: Stage, answer: str) -> Pick:
    return ("cohort", stage.value), (name, answer)


def _told(name: str, lists: Sequence[Collection[int]], closed: int, follow_up: int) -> Why:
    """What the lists of a stage tell of a cohort's years, whoever was seen."""
    if not lists:
        return Why.NO_REPORT
    if not name.isdigit():  # years not known, or many years: nobody can say that all reported
        return Why.IN_PART
    start = int(name)
    window = range(start, min(start + follow_up, closed) + 1) or range(start, start + 1)
    told = [year in years for years in lists for year in window]
    if not all(told):
        return Why.IN_PART if any(told) else Why.NO_REPORT
    return Why.STILL_OPEN if start + follow_up > closed else Why.NOT_SEEN


def _why(told: Why, *, nobody: bool) -> Why:
    """A stage at which somebody was seen after all has a report, if only in part."""
    return Why.IN_PART if told is Why.NO_REPORT and not nobody else told

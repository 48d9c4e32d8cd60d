"""Where help is missing, for whom and for how long. Counted from rows that name no case."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from mekhala.pathway.directory import queries as directory
from mekhala.pathway.directory.fitting import judged
from mekhala.pathway.directory.needs import Child, Needs
from mekhala.pathway.directory.offers import Offer
from mekhala.pathway.referral.models import Group, UnmetNeed

if TYPE_CHECKING:
    from mekhala.core.disclosure.suppression import ProtectedTable

QUIET = timedelta(days=28)  # so long without anybody turned away, and a gap is no longer open
OUTSIDE = 10  # fewer than so many are not told outside, nor what would tell them
WITHIN = 2
# Somebody of each group of whom nothing else is known; two of a group where age decides.
SOMEBODY: Mapping[str, Needs] = {
    Group.FAMILY: Needs(sex="female", age=30, children=(Child(),)),
    Group.GIRL: Needs(sex="female", age=15), Group.BOY: Needs(sex="male", age=15),
    Group.CHILD: Needs(age=15),
    Group.TRANSGENDER: Needs(sex="female", age=25, transgender=True),
    Group.WOMAN: Needs(sex="female", age=30), Group.MAN: Needs(sex="male", age=30),
    Group.ADULT: Needs(age=30), Group.UNKNOWN: Needs(),
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Gap:
    """One need of one group in one province, in a period of days.

    ``nights`` on how many days somebody was turned away; ``since`` the first day of the run that
    lasts, None where nobody was turned away for 28 days; ``barriers`` what ruled services out,
    the most frequent first.
    """

    need: str
    group: str
    province_code: str
    people: int
    nights: int
    first: date
    last: date
    since: date | None
    reasons: tuple[tuple[str, int], ...]
    barriers: tuple[tuple[str, int], ...]

    def lasts(self, today: date) -> int | None:
        """Return for how many days the gap has lasted; None where it is not open any more."""
        return (today - self.since).days + 1 if self.since else None


def gaps(rows: Iterable[UnmetNeed], *, today: date) -> list[Gap]:
    """Return the gaps these counts show: those that last longest first, then the largest."""
    found: dict[tuple[str, str, str], list[UnmetNeed]] = defaultdict(list)
    for row in rows:
        found[row.need, row.group, row.province_code].append(row)
    made = [_gap(key, kept, today=today) for key, kept in found.items()]
    return sorted(made, key=lambda g: (-(g.lasts(today) or 0), -g.people, g.need, g.group,
                                       g.province_code))  # fmt: skip


def _gap(key: tuple[str, str, str], rows: list[UnmetNeed], *, today: date) -> Gap:
    days = sorted({row.recorded_on for row in rows})
    barriers = Counter(each for row in rows for each in row.barriers)
    return Gap(
        need=key[0], group=key[1], province_code=key[2], people=len(rows), nights=len(days),
        first=days[0], last=days[-1], since=_since(days, today),
        reasons=tuple(Counter(row.reason for row in rows).most_common()),
        barriers=tuple(barriers.most_common(3)),
    )  # fmt: skip


def _since(days: list[date], today: date) -> date | None:
    """Return the first day of the run that reaches to today without a quiet time in it."""
    if today - days[-1] > QUIET:
        return None
    begin = days[-1]
    for day in reversed(days):
        if begin - day > QUIET:
            break
        begin = day
    return begin


def in_period(*, begin: date, end: date, need: str = "") -> Iterable[UnmetNeed]:
    """Return the counts of a period, both days in it."""
    found = UnmetNeed.objects.filter(recorded_on__gte=begin, recorded_on__lte=end)
    return found.filter(need=need) if need else found


def who_takes(*, now: datetime) -> dict[tuple[str, str], tuple[int, int]]:
    """Return by (need, group) how many open services take somebody of it, and their free places.

    Somebody of the group of whom nothing else is known: a service that would be asked counts.
    """
    by_need: dict[str, list[Offer]] = defaultdict(list)
    for service in directory.offers(now=now):
        by_need[service.need].append(service)
    return {
        (need, group): _room(judged(needs, services))
        for need, services in by_need.items()
        for group, needs in SOMEBODY.items()
    }


def _room(fits: Iterable) -> tuple[int, int]:
    takes = [f.service.free_now for f in fits if f.takes is not False]
    return len(takes), sum(free for free in takes if free is not None)


def for_outside(rows: Iterable[UnmetNeed]) -> "ProtectedTable | None":
    """Return people by need and group as they may be told outside; None where there are none.

    Counts below ten are suppressed, and whatever would tell them (``core.disclosure``).
    """
    from mekhala.core.disclosure.suppression import protect
    from mekhala.core.disclosure.tables import cross

    counted: Counter[tuple[str, ...]] = Counter((row.need, row.group) for row in rows)
    if not counted:
        return None
    needs, groups = ({key[n] for key in counted} for n in (0, 1))
    frame = cross({"need": sorted(needs), "group": sorted(groups)}, dict(counted))
    return protect(frame, [("need", "group"), ("need",), ("group",), ()], threshold=OUTSIDE,
                   within=WITHIN)  # fmt: skip

"""A case that is closed to who asks, and one that is absent: told alike, and as quickly (R-01).

In each try a stranger asks for both, in random order, at a page or at the API; half of the tries
go to each. Every answer must be the same word for word. The proof fails if at either door the
medians of the two are 2 ms or more apart and more than chance sets the times apart (Kolmogorov and
Smirnov, p under 0.01): on a busy machine medians wander further than that by themselves.

    python -m benchmarks.timing --tries 5000 --seed 1
    python -m benchmarks.timing --mutants

The mutants are views that ask for the case first, past the guards, and only then look who asks.
"""

import random
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import product
from statistics import median
from typing import Any
from unittest.mock import patch

from benchmarks import rows
from benchmarks.scratch import admin, scratch
from benchmarks.strangers import absent_numbers, ask, known_numbers, strangers

PROOF, PEOPLE, MS = "R-01", 400, 2.0
CHANCE = 0.01  # a p-value that times of one kind would give once in a hundred tries
DOORS = {"page": "/cases/{}/", "API": "/api/v1/cases/{}"}


@dataclass
class Pairs:
    """What the tries at one door gave: seconds for closed and for absent, and how many differed."""

    closed: list[float] = field(default_factory=list)
    absent: list[float] = field(default_factory=list)
    differ: int = 0

    @property
    def apart(self) -> float:
        """How far the medians are apart, in ms."""
        return (median(self.closed) - median(self.absent)) * 1000

    @property
    def chance(self) -> float:
        """The p-value of the two-sample test of Kolmogorov and Smirnov."""
        from scipy.stats import ks_2samp

        return float(ks_2samp(self.closed, self.absent).pvalue)


def main(argv: list[str] | None = None) -> int:
    """Measure on a database of its own, or show that each mutant goes red."""
    given = rows.options(argv, says=__doc__, full=5000, quick=300)
    with scratch(people=PEOPLE):
        if given.mutants:
            return mutants(given.seed)
        return told(tried(given.tries, given.seed), given.tries, given.seed)


def tried(tries: int, seed: int) -> dict[str, Pairs]:
    """Ask ``tries`` times for both; return what came of it, by door."""
    chance = random.Random(seed)
    with admin() as link:
        known, absent = known_numbers(link, PEOPLE), absent_numbers(link, PEOPLE)
    return paired(tries, chance, known, absent)


def paired(
    tries: int, chance: random.Random, known: list[str], absent: list[str]
) -> dict[str, Pairs]:
    """Ask by turns at each door for one of ``known`` and one of ``absent``, in random order."""
    found = {door: Pairs() for door in DOORS}
    clients = strangers()
    for address in DOORS.values():  # what is loaded once is loaded
        ask(next(clients), "get", address.format(absent[0]))
    for turn in range(tries):
        door, address = list(DOORS.items())[turn % len(DOORS)]
        numbers = chance.choice(known), chance.choice(absent)
        _try(found[door], address, next(clients), chance, numbers)
    return found


def _try(
    kept: Pairs, address: str, client: Any, chance: random.Random, numbers: tuple[str, str]
) -> None:
    pair = list(zip(numbers, (kept.closed, kept.absent), strict=True))
    chance.shuffle(pair)
    said = []
    for number, times in pair:
        answer = ask(client, "get", address.format(number), number)
        times.append(answer.seconds)
        said.append((answer.status, answer.body))
    kept.differ += said[0] != said[1] or said[0][0] != 404


def is_alike(found: dict[str, Pairs], most: float = MS) -> bool:
    """Return whether nothing tells closed from absent: no word, and no ``most`` ms past chance."""
    return all(
        not one.differ and (abs(one.apart) < most or one.chance > CHANCE) for one in found.values()
    )


def told(found: dict[str, Pairs], tries: int, seed: int) -> int:
    """Print the row."""
    return rows.tell(
        PROOF, target=f"{tries:,} pairs: 0 differ, medians within {MS:.0f} ms, or by chance apart",
        measured=in_words(found), passed=is_alike(found), seed=seed,
    )  # fmt: skip


def in_words(found: dict[str, Pairs]) -> str:
    """Say what each door gave."""
    return "; ".join(
        f"{door}: {one.differ} differ, {one.apart:+.3f} ms of {median(one.absent) * 1000:.1f}, "
        f"KS p {one.chance:.2f}"
        for door, one in found.items()
    )


def mutants(seed: int) -> int:
    """Let a view read the case past row security and answer 403; then let it answer 404 late."""
    worst, guarded = 0, is_alike(tried(100, seed))  # green before the guard is taken out
    for name, guard in MUTANTS.items():
        with guard():
            found = tried(100, seed)
        print(f"{name}: {in_words(found)}", file=sys.stderr)
        worst |= rows.tell_mutant(PROOF, name, red=guarded and not is_alike(found))
    return worst


@contextmanager
def unguarded(*more: str) -> Iterator[None]:
    """Take row security off the cases and off ``more`` tables, as for a role it does not bind."""
    tables = ("encounter_case", *more)
    with admin() as link:
        for table, verb in product(tables, ("no force", "disable")):
            link.execute(f"alter table {table} {verb} row level security")
        try:
            yield
        finally:
            for table, verb in product(tables, ("enable", "force")):
                link.execute(f"alter table {table} {verb} row level security")


@contextmanager
def says_forbidden() -> Iterator[None]:
    """Read the case first and say 403 where it is there and not open: an oracle in one look."""
    from django.core.exceptions import PermissionDenied

    from mekhala.pathway.encounter.models import Case
    from mekhala.web.casework.cases import views

    guarded = views.opened_case

    def forbidding(request: Any, number: str, **more: Any) -> Any:
        if Case.objects.filter(number=number).exists():
            raise PermissionDenied
        return guarded(request, number, **more)

    with unguarded(), patch.object(views, "opened_case", forbidding):
        yield


@contextmanager
def reads_first() -> Iterator[None]:
    """Make the whole overview first and look afterwards whether it may be shown."""
    from mekhala.pathway.encounter.models import Case
    from mekhala.safeguards.access.purposes import Purpose
    from mekhala.web.casework.cases import views
    from mekhala.web.casework.cases.frame import OpenCase
    from mekhala.web.casework.cases.overview import overview_of

    guarded = views.opened_case

    def late(request: Any, number: str, **more: Any) -> Any:
        from django.utils import timezone

        case, now = Case.objects.filter(number=number).first(), timezone.now()
        if case is not None:
            every = tuple((purpose, now) for purpose in Purpose)
            overview_of(OpenCase(case=case, officer=request.user, now=now, grants=every), request)
        return guarded(request, number, **more)

    with unguarded(), patch.object(views, "opened_case", late):
        yield


MUTANTS = {
    "a view that reads the case past the guards and says 403": says_forbidden,
    "a view that makes the page first and says 404 afterwards": reads_first,
}

if __name__ == "__main__":
    sys.exit(main())

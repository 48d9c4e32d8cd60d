"""Many officers ask for the last place of one house in the same moment; how many get it?

Every racer is a thread with a database connection of its own and calls the same act as the
page and the API (``referral.services.ask``), as its own transaction under row security. In each
round the house has one place. The proof fails if a round has any number of winners but one.

    python -m benchmarks.race_for_a_place --tries 10000
    python -m benchmarks.race_for_a_place --tries 10000 --keep rounds.json  # in several sittings

In every second round the place is not given back: the hold on it is over by the clock, and nobody
has let the request lapse, as if the worker had been killed (``TP-R5-HOLD``). The rounds that begin
so have one winner too, and no place is ever held twice.

It starts its own database in a temporary folder and takes both away at the end. The mutants are
count-then-insert, where the place is looked for first and taken afterwards, and a hold that ends
only when a job says so.
"""

import sys
import threading
import time
from collections import Counter
from typing import Any
from unittest.mock import patch

from benchmarks import rows, sittings
from benchmarks.scratch import with_a_database

RACERS = 20  # at most 50: the embedded server takes 60 connections
PROOF, HELD = "TP-R5-PLACE", "TP-R5-HOLD"
TOLD_EVERY = 500


def main(argv: list[str] | None = None) -> int:
    """Run the races and tell how they ended; 0 if each round had exactly one winner."""
    given = rows.options(argv, says=__doc__, full=10_000, quick=24)
    if given.mutants:
        return with_a_database(lambda: mutants(given.tries, given.seed))
    return with_a_database(lambda: run(given.tries, given.seed, keep=given.keep))


def run(rounds: int, seed: int, *, keep: str = "") -> int:
    """Run the races on the database that is there, and say how they ended."""
    begin = time.perf_counter()
    winners, errors = ends(rounds, keep=keep)
    seconds = time.perf_counter() - begin
    for error in errors[:3]:
        print(f"  {error}", file=sys.stderr)
    worst = 0
    for proof, over in ((PROOF, False), (HELD, True)):
        of_kind = {n: count for (was_over, n), count in winners.items() if was_over == over}
        told = ", ".join(f"{n} winner(s) in {count}" for n, count in sorted(of_kind.items()))
        worst |= rows.tell(
            proof, target=f"1 winner of {RACERS} in each of {sum(of_kind.values())} rounds",
            measured=f"{told}; {len(errors)} other errors; {seconds:.0f} s",
            passed=set(of_kind) == {1} and not errors, seed=seed,
        )  # fmt: skip
    return worst


def mutants(_rounds: int, _seed: int) -> int:
    """Take each guard out: look first and take afterwards; and leave ended holds to a job."""
    from mekhala.pathway.directory import services

    def green() -> bool:
        winners, errors = ends(10)
        return not errors and {n for _over, n in winners} == {1}

    guarded = green()  # before a guard is taken out
    with patch.object(services, "take_place", look_then_take):
        first = rows.tell_mutant(
            PROOF, "the place is looked for first and taken afterwards", red=guarded and not green()
        )
    with patch.object(services, "free_what_is_over", lambda _service, *, at: 0):  # noqa: ARG005
        second = rows.tell_mutant(
            HELD, "a hold ends when a job says so", red=guarded and not green()
        )
    return first | second


def look_then_take(
    service_id: int, *, until: Any, at: Any, places: int = 1,
    night: Any = None,  # noqa: ARG001
) -> Any:  # fmt: skip
    """Take a place as one would without thinking of others."""
    from mekhala.pathway.directory import services
    from mekhala.pathway.directory.models import Hold, Service

    services.free_what_is_over(service_id, at=at)
    seen = Service.objects.get(pk=service_id)
    if seen.places_free == 0:
        return None
    Service.objects.filter(pk=service_id).update(
        places_free=seen.places_free - places, places_held=seen.places_held + places
    )
    return Hold.objects.create(service_id=service_id, places=places, until=until)


def ends(rounds: int, *, keep: str = "") -> tuple[Counter[tuple[bool, int]], list[str]]:
    """Run so many rounds; count them by whether a hold was over and how many won, and errors.

    The first round without exactly one winner is the last: what it leaves behind is no fair start
    for another, and a place given to two cannot be given back twice. With ``keep`` the rounds of
    earlier sittings count, and those of this one are kept in it.
    """
    kept = sittings.before(keep, PROOF)
    winners = Counter({(key[0] == "h", int(key[1:])): times for key, times in kept.items()})
    race = Race(RACERS)
    try:
        for turn in range(winners.total(), rounds):
            over = turn % 2 == 1  # even turns begin with a free place: so does each sitting
            won = race.run(over=over)
            winners[over, won] += 1
            if (turn + 1) % TOLD_EVERY == 0:  # a run that is broken off has told how far it came
                print(f"  {turn + 1} rounds: {dict(winners)}", file=sys.stderr, flush=True)
                sittings.write(keep, PROOF, _codes(winners))
            if won != 1 or race.errors:
                break
        if not race.errors:  # they are told, not kept: what they broke off is run again
            sittings.write(keep, PROOF, _codes(winners))
    finally:
        race.stop()  # threads that wait would keep the process
    return winners, race.errors


def _codes(winners: Counter[tuple[bool, int]]) -> Counter[str]:
    """Return the counts as a file keeps them: h for a hold that was over, p for a free place."""
    return Counter({f"{'h' if over else 'p'}{n}": times for (over, n), times in winners.items()})


class Race:
    """Racers that wait at a barrier, ask at once, and wait again until all have answered."""

    def __init__(self, racers: int) -> None:
        """Make one officer and one person per racer, and let the threads wait."""
        self.errors: list[str] = []
        self.won: list[int] = []
        self.over = False
        self.barrier = threading.Barrier(racers + 1)
        self.house, self.me, self.people = _people(racers)
        self.threads = [
            threading.Thread(target=self._racer, args=(p,), daemon=True) for p in self.people
        ]
        for thread in self.threads:
            thread.start()

    def run(self, *, over: bool = False) -> int:
        """Run one round and return how many racers got the one place, or hold it after all."""
        (_hold_is_over if over else _one_place)(self.house, self.me)
        self.won.clear()
        self.barrier.wait()
        self.barrier.wait()
        return max(len(self.won), _held(self.house)) if self.won else 0

    def stop(self) -> None:
        """Let the threads go."""
        self.over = True
        self.barrier.wait()
        for thread in self.threads:
            thread.join()

    def _racer(self, person: Any) -> None:
        from django.db import connection

        while True:
            self.barrier.wait()
            if self.over:
                connection.close()
                return
            self._ask(person)
            self.barrier.wait()

    def _ask(self, person: Any) -> None:
        from mekhala.pathway.referral import errors, services
        from mekhala.safeguards.access.acting import acting_for
        from tests.builders import NOW

        try:
            with acting_for(self.me.pk):
                services.ask(case=person, service=self.house, need="shelter", by=self.me, at=NOW)
            self.won.append(person.pk)
        except (errors.NoPlaceLeft, errors.AlreadyAsked):  # or: holds what is over, unanswered
            pass
        except Exception as error:
            self.errors.append(repr(error))


def _people(racers: int) -> tuple[Any, Any, list[Any]]:
    from mekhala.safeguards.access.acting import acting_for
    from tests.builders import case, officer
    from tests.builders_help import service, yes

    me, house = officer(), service(free=1)
    with acting_for(me.pk):
        people = [case(me) for _ in range(racers)]
        for person in people:
            yes(person, house, by=me)
    return house, me, people


def _hold_is_over(house: Any, _me: Any) -> None:
    """Let the hold of the round before be over by the clock; nobody takes note of it."""
    from mekhala.pathway.directory.models import Hold
    from tests.builders import NOW

    Hold.objects.filter(service=house).update(until=NOW)


def _held(house: Any) -> int:
    from mekhala.pathway.directory.models import Hold

    return Hold.objects.filter(service=house).count()


def _one_place(house: Any, me: Any) -> None:
    """End what the round before left open, so that the house has its one place again."""
    from mekhala.pathway.referral import services
    from mekhala.pathway.referral.models import Referral
    from mekhala.pathway.referral.policies import OPEN
    from mekhala.safeguards.access.acting import acting_for
    from tests.builders import NOW

    with acting_for(me.pk):
        for open_one in Referral.objects.filter(service=house, status__in=OPEN):
            services.end(open_one, by=me, at=NOW)


if __name__ == "__main__":
    sys.exit(main())

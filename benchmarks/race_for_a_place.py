"""Many officers ask for the last place of one house in the same moment; how many get it?

Every racer is a thread with a database connection of its own and calls the same act as the
page and the API (``referral.services.ask``), as its own transaction under row security. In each
round the house has one place. The proof fails if a round has any number of winners but one.

    python -m benchmarks.race_for_a_place --tries 1000

It starts its own database in a temporary folder and takes both away at the end. The mutant is
count-then-insert: the place is looked for first and taken afterwards, by what was seen.
"""

import sys
import threading
import time
from collections import Counter
from typing import Any
from unittest.mock import patch

from benchmarks import rows
from benchmarks.scratch import with_a_database

RACERS = 20  # at most 50: the embedded server takes 60 connections
PROOF = "TP-R5-PLACE"


def main(argv: list[str] | None = None) -> int:
    """Run the races and tell how they ended; 0 if each round had exactly one winner."""
    given = rows.options(argv, says=__doc__, full=1000, quick=25)
    act = mutants if given.mutants else run
    return with_a_database(lambda: act(given.tries, given.seed))


def run(rounds: int, seed: int) -> int:
    """Run the races on the database that is there, and say how they ended."""
    begin = time.perf_counter()
    winners, errors = ends(rounds)
    told = ", ".join(f"{count} winner(s) in {n}" for count, n in sorted(winners.items()))
    seconds = time.perf_counter() - begin
    for error in errors[:3]:
        print(f"  {error}", file=sys.stderr)
    return rows.tell(
        PROOF, target=f"1 winner of {RACERS} in each of {rounds} rounds",
        measured=f"{told}; {len(errors)} other errors; {seconds:.0f} s",
        passed=winners == {1: rounds} and not errors, seed=seed,
    )  # fmt: skip


def mutants(_rounds: int, _seed: int) -> int:
    """Take the condition out of the one UPDATE that takes a place: look first, take afterwards."""
    from mekhala.pathway.directory import services

    guarded = ends(10)[0] == {1: 10}  # green before the guard is taken out
    with patch.object(services, "take_place", look_then_take):
        winners, _errors = ends(10)
    name = "the place is looked for first and taken afterwards"
    return rows.tell_mutant(PROOF, name, red=guarded and winners != {1: 10})


def look_then_take(service_id: int) -> bool:
    """Take a place as one would without thinking of others."""
    from mekhala.pathway.directory.models import Service

    seen = Service.objects.get(pk=service_id)
    if seen.places_free == 0:
        return False
    Service.objects.filter(pk=service_id).update(
        places_free=seen.places_free - 1, places_held=seen.places_held + 1
    )
    return True


def ends(rounds: int) -> tuple[Counter[int], list[str]]:
    """Run so many rounds; return how many had how many winners, and what else went wrong."""
    race = Race(RACERS)
    winners = Counter(race.run() for _ in range(rounds))
    race.stop()
    return winners, race.errors


class Race:
    """Racers that wait at a barrier, ask at once, and wait again until all have answered."""

    def __init__(self, racers: int) -> None:
        """Make one officer and one person per racer, and let the threads wait."""
        self.errors: list[str] = []
        self.won: list[int] = []
        self.over = False
        self.barrier = threading.Barrier(racers + 1)
        self.house, self.me, self.people = _people(racers)
        self.threads = [threading.Thread(target=self._racer, args=(p,)) for p in self.people]
        for thread in self.threads:
            thread.start()

    def run(self) -> int:
        """Run one round and return how many racers got the one place."""
        _one_place(self.house, self.me)
        self.won.clear()
        self.barrier.wait()
        self.barrier.wait()
        return len(self.won)

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
        except errors.NoPlaceLeft:
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

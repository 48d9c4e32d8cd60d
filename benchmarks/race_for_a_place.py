"""Many officers ask for the last place of one house in the same moment; how many get it?

Every racer is a thread with a database connection of its own and calls the same act as the
page and the API (``referral.services.ask``), as its own transaction under row security. In each
round the house has one place. The proof fails if a round has any number of winners but one.

    python benchmarks/race_for_a_place.py --rounds 1000 --racers 20

It starts its own database in a temporary folder and takes both away at the end.
"""

import argparse
import os
import shutil
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
MOST_RACERS = 50  # the embedded server takes 60 connections


def main(argv: list[str] | None = None) -> int:
    """Run the races, print winners by round, and return 0 if each round had exactly one."""
    arguments = _arguments(argv)
    return with_a_database(lambda: run(arguments.rounds, arguments.racers))


def with_a_database(act: Callable[[], int]) -> int:
    """Run ``act`` on a fresh database in a temporary folder, and take both away at the end."""
    home = Path(tempfile.mkdtemp(prefix="mekhala-race-"))
    os.environ |= {
        "MEKHALA_HOME": str(home), "DJANGO_SETTINGS_MODULE": "mekhala.config.settings.test",
    }  # fmt: skip
    os.environ.pop("DATABASE_URL", None)
    sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
    from mekhala.config.database import ready_the_server

    server = ready_the_server()
    try:
        _set_up()
        return act()
    finally:
        server.stop()
        shutil.rmtree(home, ignore_errors=True)


def _set_up() -> None:
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def _arguments(argv: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="One place, many racers: who gets it?")
    parser.add_argument("--rounds", type=int, default=1000)
    parser.add_argument("--racers", type=int, default=20)
    given = parser.parse_args(argv)
    if not (given.rounds >= 1 and 2 <= given.racers <= MOST_RACERS):
        parser.error(f"--rounds is 1 or more, --racers 2 to {MOST_RACERS}")
    return given


def run(rounds: int, racers: int) -> int:
    """Run the races on the database that is there, and say how they ended."""
    race = Race(racers)
    begin = time.perf_counter()
    winners = Counter(race.run() for _ in range(rounds))
    race.stop()
    seconds = time.perf_counter() - begin
    for count in sorted(winners):
        print(f"rounds with {count} winner(s): {winners[count]}")
    print(f"{rounds} rounds, {racers} racers, {seconds:.1f} s; other errors: {len(race.errors)}")
    for error in race.errors[:3]:
        print(f"  {error}", file=sys.stderr)
    return 0 if winners == {1: rounds} and not race.errors else 1


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

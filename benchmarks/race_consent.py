"""A yes is taken back in the moment a service is asked or accepts; does anything stand after it?

In each round three threads, each with a connection of its own, meet at a barrier: one asks a
service for a place, one accepts an earlier request, and one takes the person's yes back. When all
are done nothing may stand: no request that is still asked, and no live grant of the house.

    python -m benchmarks.race_consent --tries 10000
    python -m benchmarks.race_consent --tries 10000 --keep rounds.json  # in several sittings
    python -m benchmarks.race_consent --mutants

Without the lock (``consent_hold``) the race must be lost, or it proves nothing. The order of the
three is theirs; ``--seed`` draws how long each waits inside its transaction.
"""

import random
import sys
import threading
import time
from collections import Counter
from typing import Any

from benchmarks import rows, sittings
from benchmarks.scratch import with_a_database

PROOF = "TP-R5-CONSENT"
TOLD_EVERY = 500
WITHOUT_LOCK = """
create or replace function consent_hold(on_case text) returns void language plpgsql as
$$ begin end $$
"""


def main(argv: list[str] | None = None) -> int:
    """Run the races on a fresh database; return 0 if nothing stood after any withdrawal."""
    given = rows.options(argv, says=__doc__, full=10_000, quick=50)
    if given.mutants:
        return with_a_database(lambda: mutants(given.tries, given.seed))
    return with_a_database(lambda: run(given.tries, given.seed, keep=given.keep))


def run(rounds: int, seed: int, *, keep: str = "") -> int:
    """Run the races on the database that is there, and say how they ended."""
    stood, errors = ends(rounds, seed, keep=keep)
    return rows.tell(
        PROOF, target=f"0 standing after {rounds} withdrawals",
        measured=f"{stood} standing, {len(errors)} errors",
        passed=not stood and not errors, seed=seed,
    )  # fmt: skip


def mutants(_rounds: int, seed: int) -> int:
    """Take the lock out under which a yes is acted on and taken back."""
    guarded = ends(50, seed) == (0, [])  # green before the guard is taken out
    _take_the_lock_out()
    stood, _errors = ends(200, seed)
    name = "a yes is acted on and taken back without one lock"
    return rows.tell_mutant(PROOF, name, red=guarded and stood > 0)


def ends(rounds: int, seed: int, *, keep: str = "") -> tuple[int, list[str]]:
    """Run so many races, with those of earlier sittings in ``keep``; return what stood, errors."""
    kept = sittings.before(keep, PROOF)
    done, stood = kept["rounds"], kept["standing"]
    race = Race(seed + done)
    for turn in range(done + 1, rounds + 1):
        stood += race.run()
        if turn % TOLD_EVERY == 0 or turn == rounds:  # broken off, it has told how far it came
            print(f"  {turn} rounds: {stood} standing", file=sys.stderr, flush=True)
            sittings.write(keep, PROOF, Counter(rounds=turn, standing=stood))
    for error in race.errors[:3]:
        print(f"  {error}", file=sys.stderr)
    return stood, race.errors


def _take_the_lock_out() -> None:
    from django.db import connection

    from mekhala.config import roles

    roles.become(roles.OWNER)
    with connection.cursor() as cursor:
        cursor.execute(WITHOUT_LOCK)
    roles.become(roles.APP)


class Race:
    """One case with two houses, made anew for each round: one is asked, one accepts."""

    def __init__(self, seed: int) -> None:
        """Make the officer and the two houses; their places are plenty."""
        from tests.builders import officer
        from tests.builders_help import provider, service

        self.draws, self.errors = random.Random(seed), list[str]()
        self.me, self.houses = officer(), [service(free=100_000), service(free=100_000)]
        self.helper = provider(self.houses[1])

    def run(self) -> int:
        """Run one round; return how many requests and grants stand after it."""
        person, waiting = self._person()
        barrier = threading.Barrier(3)
        acts = [
            (self.me, lambda: self._ask(person)),
            (self.helper, lambda: self._accept(waiting)),
            (self.me, lambda: self._take_back(person)),
        ]
        waits = [self.draws.uniform(0, 0.004) for _ in range(2 * len(acts))]
        threads = [
            threading.Thread(target=self._act, args=(barrier, who, act, waits[n], waits[-1 - n]))
            for n, (who, act) in enumerate(acts)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return self._standing(person)

    def _act(
        self, barrier: threading.Barrier, who: Any, act: Any, first: float, then: float
    ) -> None:
        from django.db import connection

        from mekhala.safeguards.access.acting import acting_for
        from mekhala.safeguards.access.errors import ActRefused

        barrier.wait()
        time.sleep(first)
        try:
            with acting_for(who.pk):
                act()
                time.sleep(then)  # the act is done and not kept yet
        except ActRefused:
            pass
        except Exception as error:
            self.errors.append(repr(error))
        finally:
            connection.close()

    def _person(self) -> tuple[Any, Any]:
        from django.utils import timezone

        from mekhala.pathway.encounter.services import open_case
        from mekhala.pathway.referral import services
        from mekhala.safeguards.access.acting import acting_for
        from tests.builders_help import yes

        at = timezone.now()
        with acting_for(self.me.pk):
            person = open_case(
                by=self.me, at=at, met_at=at, place_code="120101", sex="female", age=20,
                age_certainty="known", consents_to_go_on=True,
            )  # fmt: skip
            for house in self.houses:
                yes(person, house, by=self.me, at=at)
            waiting = services.ask(
                case=person,
                service=self.houses[1],
                need="shelter",
                by=self.me,
                at=at,
                urgent="danger",
            )
        return person, waiting

    def _ask(self, person: Any) -> None:
        from mekhala.pathway.referral import services

        told = {"case": person, "service": self.houses[0], "need": "shelter"}
        services.ask(**told, by=self.me, at=_now())

    def _accept(self, waiting: Any) -> None:
        from mekhala.pathway.referral import services

        services.accept(waiting, by=self.helper, at=_now())

    def _take_back(self, person: Any) -> None:
        from mekhala.safeguards.consent import services

        services.withdraw(person.number, by=self.me, at=_now())

    def _standing(self, person: Any) -> int:
        """Return the requests still asked and the live grants of the house, seen by their own."""
        from mekhala.pathway.referral.models import Referral
        from mekhala.safeguards.access.acting import acting_for
        from mekhala.safeguards.access.models import Grant

        with acting_for(self.me.pk):
            asked = Referral.objects.filter(case=person, status="asked").count()
        with acting_for(self.helper.pk):
            live = Grant.objects.filter(
                officer=self.helper, file_number=person.number, until__gt=_now()
            ).count()
        return asked + live


def _now() -> Any:
    from django.utils import timezone

    return timezone.now()


if __name__ == "__main__":
    sys.exit(main())

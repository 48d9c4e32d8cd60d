"""Eight workers share four pooled connections: does one ever see what is open to another? (R-04)

Each turn a worker acts as an officer drawn by chance, or as nobody, on whichever connection the
pool hands out, and reads which cases are there. It must be those of this officer and no others;
with nobody, none. Every third turn keeps its connection for the next, as a command or a job
does; the others give it back, as a request does. The connections are Django's own pool with the
settings of the application, four instead of six.

    python -m benchmarks.pooled --tries 100000 --seed 1
    python -m benchmarks.pooled --mutants

The mutants set the actor for the session instead of the transaction, and let the pool wipe nothing.
"""

import random
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest.mock import patch

from benchmarks import rows
from benchmarks.scratch import CASEWORK, scratch

PROOF, WORKERS, CONNECTIONS, OFFICERS, CASES = "R-04", 8, 4, 40, 6


def main(argv: list[str] | None = None) -> int:
    """Run the turns on a database of its own, or show that each mutant goes red."""
    given = rows.options(argv, says=__doc__, full=100_000, quick=2000)
    from mekhala.config import database

    database.POOL.update(min_size=CONNECTIONS, max_size=CONNECTIONS, timeout=60)
    with scratch(settings=CASEWORK):
        opened = _opened()
        if given.mutants:
            return mutants(opened, given.seed)
        began = time.perf_counter()
        leaks, errors = alternated(opened, given.tries, given.seed)
    return rows.tell(
        PROOF, target=f"0 leaks in {given.tries:,} turns over {CONNECTIONS} connections",
        measured=f"{leaks} leaks, {len(errors)} errors; {time.perf_counter() - began:.0f} s",
        passed=not leaks and not errors, seed=given.seed,
    )  # fmt: skip


def _opened() -> dict[int | None, frozenset[str]]:
    """Open some cases to each of some officers; return which, by officer, and none for nobody."""
    from mekhala.safeguards.access.acting import acting_for
    from tests.builders import case, officer

    found: dict[int | None, frozenset[str]] = {None: frozenset()}
    for _ in range(OFFICERS):
        who = officer()
        with acting_for(who.pk):
            found[who.pk] = frozenset(case(who).number for _ in range(CASES))
    return found


def alternated(
    opened: dict[int | None, frozenset[str]], turns: int, seed: int
) -> tuple[int, list[str]]:
    """Take ``turns`` turns; return how many saw another's rows or missed their own, and errors."""
    leaks, errors = list[int](), list[str]()
    workers = [
        threading.Thread(target=_worker, args=(opened, turns // WORKERS, seed + n, leaks, errors))
        for n in range(WORKERS)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return sum(leaks), errors


def _worker(
    opened: dict[int | None, frozenset[str]], turns: int, seed: int, leaks: list[int],
    errors: list[str],
) -> None:  # fmt: skip
    from django.db import connection

    chance, wrong = random.Random(seed), 0
    actors = list(opened)
    try:
        for turn in range(turns):
            actor = chance.choice(actors) if chance.random() < 0.7 else None
            wrong += _seen(actor) != opened[actor]
            if turn % 3:
                connection.close()
    except Exception as error:
        errors.append(repr(error))
    finally:
        connection.close()
        leaks.append(wrong)


def _seen(actor: int | None) -> frozenset[str]:
    """Return the cases that are there: as an officer in a transaction, or without any actor."""
    from mekhala.pathway.encounter.models import Case
    from mekhala.safeguards.access.acting import acting_for

    if actor is None:  # as a question that forgot to say for whom: nothing is set before it
        return frozenset(Case.objects.values_list("number", flat=True))
    with acting_for(actor):
        return frozenset(Case.objects.values_list("number", flat=True))


def mutants(opened: dict[int | None, frozenset[str]], seed: int) -> int:
    """Set the actor for the session; then give connections back as they are, besides."""
    worst, guarded = 0, alternated(opened, 800, seed) == (0, [])  # green before
    for name, guards in MUTANTS.items():
        with ExitStack() as out:
            for guard in guards:
                out.enter_context(guard())
            leaks, errors = alternated(opened, 800, seed)
        print(f"{name}: {leaks} leaks {errors[:1]}", file=sys.stderr)
        worst |= rows.tell_mutant(PROOF, name, red=guarded and leaks > 0)
    return worst


@contextmanager
def _for_the_session() -> Iterator[None]:
    """Set the actor as ``SET`` does: it stays when the transaction has ended."""
    from django.db import connection

    from mekhala.safeguards.access import acting

    def become(officer_id: Any) -> str:
        with connection.cursor() as cursor:
            cursor.execute(
                "select coalesce(current_setting(%s, true), ''), set_config(%s, %s, false)",
                [acting.SETTING, acting.SETTING, str(officer_id or "")],
            )
            return str(cursor.fetchone()[0])

    with patch.object(acting, "become", become):
        yield


@contextmanager
def _wiping_nothing() -> Iterator[None]:
    """Let the pool give connections on as they came back."""
    from django.db import connection

    pool = connection.pool
    with patch.object(pool, "_reset", None):
        yield


MUTANTS = {
    "the actor is set for the session, not for the transaction": [_for_the_session],
    "the same, and the pool wipes nothing": [_for_the_session, _wiping_nothing],
}

if __name__ == "__main__":
    sys.exit(main())

"""Officers of the authority answer one question in the same moment; how many decisions come out?

Every officer is a thread with a database connection of its own and calls the same act as the
page and the API (``determination.services.record_reading``), as its own transaction under row
security. Two kinds of round, by turns, ``--tries`` of each:

- one reading exists; two officers of two agencies give the same answer at once: one decision,
  and one officer is told that the file is decided;
- one officer answers from two tabs at once: one reading, and one refusal.

The proof fails if any round ends otherwise.

    python -m benchmarks.race_to_decide --tries 1000
"""

import sys
import threading
import time
from collections import Counter
from typing import Any
from unittest.mock import patch

from benchmarks import rows
from benchmarks.scratch import with_a_database

PROOF = "TP-R5-DECISION"
ONE_DECISION = ("FileClosed", "decided")
ONE_READING = ("NotImpartial", "read")


def main(argv: list[str] | None = None) -> int:
    """Run the rounds and tell how they ended; 0 if each ended as it must."""
    given = rows.options(argv, says=__doc__, full=1000, quick=25)
    act = mutants if given.mutants else run
    return with_a_database(lambda: act(given.tries, given.seed))


def run(rounds: int, seed: int) -> int:
    """Run the rounds on the database that is there, and say how they ended."""
    begin = time.perf_counter()
    found = ends(rounds)
    told = "; ".join(f"{' and '.join(end)}: {times}" for end, times in sorted(found.items()))
    return rows.tell(
        PROOF, target=f"1 decision and 1 refusal, 1 reading and 1 refusal, in {rounds} rounds each",
        measured=f"{told}; {time.perf_counter() - begin:.0f} s",
        passed=found == {ONE_DECISION: rounds, ONE_READING: rounds}, seed=seed,
    )  # fmt: skip


def mutants(_rounds: int, _seed: int) -> int:
    """Take the lock away under which a reading looks at the file anew."""
    from django.db.models import QuerySet

    good = {ONE_DECISION: 10, ONE_READING: 10}
    guarded = ends(10) == good  # green before the guard is taken out
    with patch.object(QuerySet, "select_for_update", lambda self, **_words: self.all()):
        red = guarded and ends(10) != good
    return rows.tell_mutant(PROOF, "a reading does not lock the file it is about", red=red)


def ends(rounds: int) -> Counter[tuple[str, ...]]:
    """Run so many rounds of each kind; return how many ended how."""
    readers = board()
    return Counter(round_of(n, readers) for n in range(2 * rounds))


def board() -> list[Any]:
    """Return the officers of an invented authority of two agencies."""
    from tests.builders_casework import authority

    return authority(3)


def round_of(number: int, readers: list[Any]) -> tuple[str, ...]:
    """Run one round on a fresh question and return how it ended, sorted.

    An even ``number``: two officers after a first reading; an odd one: one officer in two tabs.
    What stands in the database afterwards is part of the end: anything but one decision, or one
    reading, is told beside it.
    """
    from mekhala.safeguards.access.acting import acting_for
    from tests.builders_casework import read, referred

    alone = number % 2
    with acting_for(None):
        file = referred()
        if not alone:
            read(file, readers[0])
    if alone:
        return _ended(file, [readers[1]] * 2, readings=1, decisions=0)
    return _ended(file, readers[1:], readings=2, decisions=1)


def _ended(file: Any, racers: list[Any], *, readings: int, decisions: int) -> tuple[str, ...]:
    from mekhala.pathway.determination.models import Decision, Reading
    from mekhala.safeguards.access.acting import acting_for

    said = at_once(file, racers)
    with acting_for(racers[0].pk):
        kept = (
            Reading.objects.filter(file=file).count(),
            Decision.objects.filter(file=file).count(),
        )
    if kept != (readings, decisions):
        said.append(f"{kept[0]} readings and {kept[1]} decisions")
    return tuple(sorted(said))


def at_once(file: Any, racers: list[Any]) -> list[str]:
    """Let each of ``racers`` read ``file`` at the same moment; return what each was told."""
    start, said = threading.Barrier(len(racers)), list[str]()
    threads = [threading.Thread(target=_read, args=(file, who, start, said)) for who in racers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return said


def _read(file: Any, who: Any, start: threading.Barrier, said: list[str]) -> None:
    from django.db import connection

    from mekhala.safeguards.access.acting import acting_for
    from mekhala.safeguards.access.errors import ActRefused
    from tests.builders_casework import read

    try:
        start.wait(20)
        with acting_for(who.pk):
            decision = read(file, who)
        said.append("read" if decision is None else "decided")
    except ActRefused as refusal:
        said.append(type(refusal).__name__)
    except Exception as error:
        said.append(repr(error))
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(main())

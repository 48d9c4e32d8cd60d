"""Officers of the authority answer one question in the same moment; how many decisions come out?

Every officer is a thread with a database connection of its own and calls the same act as the
page and the API (``determination.services.record_reading``), as its own transaction under row
security. Two kinds of round, by turns, ``--rounds`` of each:

- one reading exists; two officers of two agencies give the same answer at once: one decision,
  and one officer is told that the file is decided;
- one officer answers from two tabs at once: one reading, and one refusal.

The proof fails if any round ends otherwise.

    python -m benchmarks.race_to_decide --rounds 1000
"""

import argparse
import sys
import threading
import time
from collections import Counter
from typing import Any

from benchmarks.race_for_a_place import with_a_database

ONE_DECISION = ("FileClosed", "decided")
ONE_READING = ("NotImpartial", "read")


def main(argv: list[str] | None = None) -> int:
    """Run the rounds, print how they ended, and return 0 if each ended as it must."""
    parser = argparse.ArgumentParser(description="Two officers, one question: who decides?")
    parser.add_argument("--rounds", type=int, default=1000)
    rounds = parser.parse_args(argv).rounds
    if rounds < 1:
        parser.error("--rounds is 1 or more")
    return with_a_database(lambda: run(rounds))


def run(rounds: int) -> int:
    """Run the rounds on the database that is there, and say how they ended."""
    begin = time.perf_counter()
    readers = board()
    ends = Counter(round_of(n, readers) for n in range(2 * rounds))
    for end, times in sorted(ends.items()):
        print(f"rounds that ended with {' and '.join(end)}: {times}")
    print(f"{rounds} rounds of each kind, {time.perf_counter() - begin:.1f} s")
    return 0 if ends.keys() <= {ONE_DECISION, ONE_READING} else 1


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

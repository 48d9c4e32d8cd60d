"""After erasure nothing is found (R-25, TP-C3).

``python -m benchmarks.erasure [--seed N] [--tries N] [--mutants]``; a try is one person. On a
database and a key service of its own: a marked string is planted in every sealed field, in names
and in words that lie in clear, a hundred and more; the cases close, their time passes, the nightly
job erases. Then the marks are looked for in whatever the key service still opens, in every row, a
dump, the data folder after VACUUM and CHECKPOINT, the write-ahead log that is left, logs, the
folder of the key service and all else under MEKHALA_HOME. The mutant says "erased" and erases
nothing, and must be found out.
"""

import os
import random
import subprocess
import sys
from typing import Any

from benchmarks import rows
from benchmarks.erasure_planted import MARK, all_open_to, plant, sealed_cells
from benchmarks.scratch import with_a_database

PROOF = "TP-C3"
LEAST = 100


def main(argv: list[str] | None = None) -> int:
    """Plant, erase, look; 1 if anything is found."""
    given = rows.options(argv, says=__doc__, full=4, quick=4)
    act = mutants if given.mutants else _measured
    return with_a_database(lambda: act(given.seed, given.tries))


def _measured(seed: int, people: int) -> int:
    planted, found = left_after(_erase, seed, people)
    return rows.tell(
        PROOF, target=f"0 of {planted} planted strings in rows, dump, files and write-ahead log",
        measured=f"{found} found", passed=not found, seed=seed,
    )  # fmt: skip


def mutants(seed: int, people: int) -> int:
    """Say that it was erased, and erase nothing."""
    _planted, flagged = left_after(_only_flag, seed, people)
    return rows.tell_mutant(PROOF, "a case is said to be erased and is not", red=flagged > 0)


def left_after(erase: Any, seed: int, people: int) -> tuple[int, int]:
    """Plant, erase and look; return how many strings were planted and how many are found."""
    from mekhala.safeguards.access.acting import acting_for

    draws, planted, numbers = random.Random(seed), set[str](), list[tuple[str, str]]()
    for _one in range(people):
        with acting_for(None):
            both, marks = plant(draws)
        planted |= marks
        numbers.append(both)
    assert len(planted) >= LEAST * people // 3, f"only {len(planted)} strings planted"
    with acting_for(None):
        there = in_the_database(planted, numbers)
    assert there == planted, f"{len(planted - there)} planted strings were never there"
    erase(numbers)
    with acting_for(None):
        left = in_the_database(planted, numbers)
    files = _in_files(planted)
    for place in ["opened or in rows"] * bool(left) + sorted(p for p in files if files[p]):
        print(f"  {place}: {len(files.get(place, left))}", file=sys.stderr)
    return len(planted), len(left.union(*files.values()))


def in_the_database(planted: set[str], numbers: list[tuple[str, str]]) -> set[str]:
    """Return the marks in any row of any table, and in all the key service still opens."""
    from django.db import connection

    from mekhala.forms.queries import subjects_of
    from mekhala.safeguards.access.acting import become
    from mekhala.safeguards.identity.errors import NameNotShown, WordsNotOpened
    from mekhala.safeguards.identity.services import show
    from tests.builders import NOW, officer

    said = _all_rows()
    looker = officer()
    for number, proceeding in numbers:
        all_open_to(looker, number)
        all_open_to(looker, proceeding)
        for row, field in sealed_cells(set(subjects_of(number))):
            try:
                said.append(str(field.value_from_object(row)))
            except WordsNotOpened:
                continue
        with connection.cursor() as cursor:
            cursor.execute("select subject from identity_identity")
            subjects = [subject for (subject,) in cursor.fetchall()]
        for subject in subjects:
            try:
                said.append(str(show(subject, by=looker, at=NOW, purpose="find")))
            except NameNotShown:
                continue
    become(None)
    return _marks_in("\n".join(said).encode(), planted)


def _all_rows() -> list[str]:
    """Return every row of every table as text, read as the owner of the tables."""
    from django.db import connection

    from tests.builders_retention import as_owner

    as_owner("create table if not exists tests.seen (said text); truncate tests.seen;"
             " grant select on tests.seen to mekhala_app")  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("select tablename from pg_tables where schemaname = 'public'")
        for (table,) in cursor.fetchall():
            as_owner(f"insert into tests.seen select t::text from public.{table} t")
        cursor.execute("select said from tests.seen")
        found = [said for (said,) in cursor.fetchall()]
    as_owner("drop table tests.seen")
    return found


def _marks_in(text: bytes, planted: set[str]) -> set[str]:
    """Return the marks in bytes, in clear, as hexadecimal, or as a session writes them."""
    if MARK.encode() not in text and MARK.encode().hex().encode() not in text:
        return set()
    return {m for m in planted if m.encode() in text or m.encode().hex().encode() in text}


def _erase(_numbers: list[tuple[str, str]]) -> None:
    """Do what the night does, job and machine: erase, then the housekeeping of PostgreSQL."""
    from mekhala.jobs.kept_long_enough import erase_what_is_due

    done = erase_what_is_due.func()
    assert done["person"] == len(_numbers), done


def _only_flag(numbers: list[tuple[str, str]]) -> None:
    """The mutant: say that it was erased."""
    from mekhala.safeguards.access.acting import acting_for
    from tests.builders_retention import as_owner

    with acting_for(None):
        for number, _proceeding in numbers:
            as_owner(f"update encounter_case set erased_at = now() where number = '{number}'")


def _in_files(planted: set[str]) -> dict[str, set[str]]:
    """Return the marks in each kind of file of the installation, and in a dump made now."""
    from django.db import connection

    from mekhala.config import binaries, roles
    from mekhala.config.home import home

    roles.become(roles.ADMIN)
    with connection.cursor() as cursor:
        cursor.execute("vacuum")
        for _twice in range(2):
            cursor.execute("select pg_switch_wal()")
            cursor.execute("checkpoint")
    dump = subprocess.run(
        [binaries.find()[0] / "pg_dump", "-h", os.environ["MEKHALA_DB_SOCKET"], "-p", "5432", "-U",
         roles.ADMIN, "mekhala"], check=True, capture_output=True,
    ).stdout  # fmt: skip
    roles.become(roles.APP)
    found = {"dump": _marks_in(dump, planted)}
    for path in (p for p in home().rglob("*") if p.is_file()):
        parts = path.relative_to(home()).parts
        place = next((n for n in ("pg_wal", "base", "keys") if n in parts), "other files")
        found.setdefault(place, set()).update(_marks_in(path.read_bytes(), planted))
    assert {"pg_wal", "base", "keys"} <= found.keys(), "a place was not looked at"
    return found


if __name__ == "__main__":
    sys.exit(main())

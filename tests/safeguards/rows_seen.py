"""The matrix again at SQL: how many rows of each table the application's role is shown (TP-A).

``matrix/tables.csv`` says for a case and for a proceeding which tables a live grant opens, purpose
by purpose (F first contact, D determination, R registration, S support, J criminal proceedings),
which the officer sees who opened the file (``own``), and which the agency goes on seeing that was
asked to help and then told to stop (``stopped``). To any other officer, to one whose grant has
ended, and to nobody, every table is empty.
"""

import csv
from functools import cache
from typing import Any, NamedTuple

from django.db import connection, transaction

from mekhala.safeguards.access.acting import acting_for
from mekhala.safeguards.access.purposes import Purpose, Role
from tests.builders import officer, open_to
from tests.safeguards.cells import FOLDER, Verdict, stage

LETTERS = dict(zip("FDRSJ", Purpose, strict=True))
ROLE_FOR = {
    Purpose.FIRST_CONTACT: Role.FIRST_RESPONDER, Purpose.DETERMINATION: Role.AUTHORITY,
    Purpose.REGISTRATION: Role.REGISTRAR, Purpose.SUPPORT: Role.PROVIDER,
    Purpose.JUSTICE: Role.JUSTICE,
}  # fmt: skip


class Line(NamedTuple):
    """One table of one kind of file."""

    file: str
    table: str
    purposes: frozenset[Purpose]
    own: bool
    stopped: bool


@cache
def lines() -> tuple[Line, ...]:
    """Return the lines of ``tables.csv``."""
    with (FOLDER / "tables.csv").open(encoding="utf-8", newline="") as file:
        return tuple(_line(said) for said in csv.DictReader(file))


def _line(said: dict[str, str]) -> Line:
    words = {said[column] for column in (*LETTERS, "own", "stopped")}
    assert words <= {"rows", "none"}, f"tables.csv: {said['table']}: {words}"
    opened = frozenset(LETTERS[letter] for letter in LETTERS if said[letter] == "rows")
    own, stopped = (said[column] == "rows" for column in ("own", "stopped"))
    return Line(said["file"], said["table"], opened, own, stopped)


def opened_tables(file: str) -> dict[str, set[Purpose]]:
    """Return by table the purposes that open it, of a case, a proceeding or a worker's file."""
    return {line.table: set(line.purposes) for line in lines() if line.file == file}


def tables() -> list[str]:
    """Return every table that speaks of a person."""
    return sorted({line.table for line in lines()})


def seen(table: str, who: Any) -> int:
    """Return how many rows of ``table`` are there for an officer, or for nobody."""
    with acting_for(who.pk if who else None), connection.cursor() as cursor:
        cursor.execute(f"select count(*) from {table}")
        return int(cursor.fetchone()[0])


def at_sql(relation: str, full: Any = None) -> Verdict:
    """Look into every table in one relation; return what was tried and what was unexpected."""
    count, allows, denials = 0, [], []
    with stage(relation, full) as made, transaction.atomic():
        for words, who, shown in _lookers(relation, made):
            for table in tables():
                count += 1
                rows = seen(table, who)
                if bool(rows) != (table in shown):
                    wrong = denials if table in shown else allows
                    wrong.append(f"{table}: {words}, {relation}: {rows} rows")
        transaction.set_rollback(True)
    return Verdict(count, allows, denials)


type Lookers = list[tuple[str, Any, set[str]]]


def _lookers(relation: str, made: Any) -> Lookers:
    """Return who looks, said in words, and the tables each is to see rows of."""
    if relation == "own":
        first, court = (made.full.inside[r] for r in (Role.FIRST_RESPONDER, Role.JUSTICE))
        return [("who opened the case", first, _own("case") | _own("worker")),
                ("who filed the complaint", court, _own("proceeding"))]  # fmt: skip
    if relation == "other":
        nobody: Lookers = [("nobody", None, set())]
        return nobody + [(role.value, who, set()) for role, who in made.full.outside.items()]
    if relation == "withdrawn":
        return [("provider", made.officers[Role.PROVIDER], _stopped())]
    return _granted(made, ended=relation == "ended")


def _own(file: str) -> set[str]:
    return {line.table for line in lines() if line.file == file and line.own}


def _stopped() -> set[str]:
    return {line.table for line in lines() if line.stopped}


def _granted(made: Any, *, ended: bool) -> Lookers:
    """Open each file to an officer for each purpose, even one that no act would give."""
    found: Lookers = []
    files = {"case": made.full.number} | {
        file: made.full.ids[file] for file in ("proceeding", "worker")
    }
    for file, number in files.items():
        for purpose, role in ROLE_FOR.items():
            who = officer(role)
            open_to(who, number, purpose, days=10 if ended else 36500)
            opened = {t for t, purposes in opened_tables(file).items() if purpose in purposes}
            found.append((f"{purpose.value} of a {file}", who, set() if ended else opened))
    return found

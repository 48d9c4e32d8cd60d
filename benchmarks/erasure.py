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
from collections.abc import Iterator
from typing import Any

from benchmarks import rows
from benchmarks.scratch import with_a_database

PROOF = "TP-C3"
MARK, LEAST = "Zxqw", 100
OLD = "interval '16 years'"
CLEAR = {  # words that lie in clear, by table: column and the rows of a case
    "four_eyes_secondsignature": ("because", "subject = '{number}'"),
    "questionnaires_attachment": (
        "name",
        "submission_id in (select id from questionnaires_submission"
        " where case_number = '{number}')",
    ),
    "notices_notice": ("details", "subject = '{number}'"),
    "emergency_opening": ("words", "file_number = '{number}'"),
}


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


def plant(draws: random.Random) -> tuple[tuple[str, str], set[str]]:
    """Make a case with everything in it, a mark in every field of words.

    Return the numbers of the case and of the proceeding, and the marks.

    The case is closed then, and the database noted so long ago: all of it is due.
    """
    from django.utils import timezone

    from mekhala.safeguards.access.acting import become
    from mekhala.safeguards.access.purposes import Role
    from mekhala.safeguards.identity import services as identities
    from tests.builders_guard import everything

    full, marks = everything(), list[str]()

    def mark() -> str:
        marks.append(f"{MARK}{draws.getrandbits(80):020x}")
        return marks[-1]

    first, court = full.inside[Role.FIRST_RESPONDER], full.inside[Role.JUSTICE]
    become(first.pk)
    names = ("native_name", "latin_name", "birth_date", "national_id", "phone")
    identities.keep(full.number, file_number=full.number, by=first, at=timezone.now(),
                    **{name: mark() for name in names})  # fmt: skip
    _add_rows(full, first)
    become(court.pk)
    identities.keep(full.ids["accused"], file_number=full.ids["proceeding"], by=court,
                    at=timezone.now(), latin_name=mark())  # fmt: skip
    _all_open_to(first, full.number)
    _plant_clear(full.number, mark)  # first: a file is bound to its name
    _plant_sealed(full.number, mark)
    _close(full, first, court)
    become(None)
    return (full.number, full.ids["proceeding"]), set(marks)


def _add_rows(full: Any, first: Any) -> None:
    """Add what the case has not: a form with a file, an emergency, a notice."""
    from mekhala.forms.models import Attachment, Submission
    from tests.builders_retention import as_owner

    as_owner(f"update questionnaires_submission set case_number = '{full.number}'"
             f" where id = {full.ids['submission']}")  # fmt: skip
    form = Submission.objects.get(pk=full.ids["submission"])
    Attachment.objects.create(
        submission=form, name="a.jpg", content_type="image/jpeg", content=b"a picture"
    )
    as_owner(
        "insert into emergency_opening (file_number, officer_id, reason, words, parts, at,"
        f" review_words) values ('{full.number}', {first.pk}, 'medical', 'x', '{{}}', now(), '');"
        "insert into notices_notice (officer_id, kind, subject, at, details)"
        f" values ({first.pk}, 'hold_ends', '{full.number}', now(), '{{}}')"
    )
    _add_judgement(full.number, first)


def _add_judgement(number: str, by: Any) -> None:
    """Add what was said of this case and another; the table is read here, and nowhere else."""
    from tests.builders import case
    from tests.builders_retention import as_owner

    low, high = sorted((number, case(by).number))
    as_owner(
        "insert into registration_samepersonjudgement"
        " (id, first_id, second_id, about_id, answer, because, by_id, at) values"
        f" (gen_random_uuid(), '{low}', '{high}', '{number}', 'different', '', {by.pk}, now());"
        "grant select on registration_samepersonjudgement to mekhala_app"
    )


def _all_open_to(who: Any, number: str) -> None:
    from mekhala.safeguards.access.acting import become
    from mekhala.safeguards.access.purposes import Purpose
    from tests.builders import open_to

    for purpose in Purpose:
        open_to(who, number, purpose)
    become(who.pk)


# Of no case: sealed with the keys of a list or run, an accused, an item, a report, a worker, a
# visit, and erased with those (safeguards/retention/periods.yaml).
OF_NO_CASE = {"linkage", "justice", "evidence", "incidents", "labour_migration", "visits"}


def _plant_sealed(number: str, mark: Any) -> None:
    """Put a mark into every sealed field of every row about the case."""
    from mekhala.forms.queries import subjects_of
    from mekhala.safeguards.identity.fields import SealedBytes, SealedJSON
    from tests.builders_retention import as_owner

    people, planted = set(subjects_of(number)), set[str]()
    for row, field in _sealed_cells(people):
        said: Any = f"{mark()} was said"
        said = {"x": said} if isinstance(field, SealedJSON) else said
        lies = field.sealed(row, said.encode() if isinstance(field, SealedBytes) else said)
        table = row._meta.db_table
        as_owner(f"set constraints all immediate; alter table {table} disable trigger user;"
                 f"update {table} set {field.column} = '\\x{lies.hex()}'"
                 f" where {row._meta.pk.column}::text = '{row.pk}';"
                 f"alter table {table} enable trigger user")  # fmt: skip
        planted.add(str(field))
    every = {str(f) for model, fields in sealed_models() for f in fields
             if model._meta.app_label not in OF_NO_CASE}  # fmt: skip
    assert planted == every, f"nothing was planted in {sorted(every - planted)}"


def _sealed_cells(people: set[str]) -> Iterator[tuple[Any, Any]]:
    """Yield every row and sealed field about some people that the officer at work may read."""
    for model, fields in sealed_models():
        for row in list(model.objects.all()):
            if fields[0].place(row).person in people:
                yield from ((row, field) for field in fields)


def sealed_models() -> list[tuple[Any, list[Any]]]:
    """Return each model that has sealed fields, with them."""
    from django.apps import apps

    from mekhala.safeguards.identity.fields import Sealed

    found = [(m, [f for f in m._meta.local_fields if isinstance(f, Sealed)])
             for m in apps.get_models()]  # fmt: skip
    return [(model, fields) for model, fields in found if fields]


def _plant_clear(number: str, mark: Any) -> None:
    from tests.builders_retention import as_owner

    for table, (column, of_case) in CLEAR.items():
        said = mark()
        value = f'{{"x": "{said}"}}' if column == "details" else f"{said} was said"
        as_owner(f"set constraints all immediate; alter table {table} disable trigger user;"
                 f"update {table} set {column} = '{value}' where {of_case.format(number=number)};"
                 f"alter table {table} enable trigger user")  # fmt: skip


def _close(full: Any, first: Any, court: Any) -> None:
    from django.utils import timezone

    from mekhala.pathway.aftercare.models import Stay
    from mekhala.pathway.aftercare.services import leave
    from mekhala.pathway.encounter.models import Case
    from mekhala.safeguards.access.acting import acting_for
    from mekhala.safeguards.access.purposes import Role
    from tests.builders_retention import as_owner, closed

    with acting_for(full.inside[Role.REGISTRAR].pk):
        leave(Stay.objects.get(pk=full.ids["stay_id"]), by=full.inside[Role.REGISTRAR],
              at=timezone.now())  # fmt: skip
    closed(Case.objects.get(number=full.number), first, at=timezone.now(), days_ago=16 * 366,
           despite=["question", "referral", "follow_up"])  # fmt: skip
    as_owner(
        "update holds_hold set lifted_at = now(), lifted_under_id = signature_id"
        f" where number = '{full.number}' and lifted_at is null;"
        "alter table justice_step disable trigger user;"  # what came before came before
        f"update justice_step set \"on\" = now() - {OLD} - interval '1 year'"
        f" where accused_id = '{full.ids['accused']}';"
        "alter table justice_step enable trigger user;"
        'insert into justice_step (accused_id, stage, "on", recorded_by_id, recorded_at, noted_at)'
        f" values ('{full.ids['accused']}', 'acquitted', now() - {OLD}, {court.pk},"
        f" now() - {OLD}, now() - {OLD})"
    )


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
        _all_open_to(looker, number)
        _all_open_to(looker, proceeding)
        for row, field in _sealed_cells(set(subjects_of(number))):
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

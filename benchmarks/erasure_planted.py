"""What is planted before an erasure: one case with everything in it, and a mark in every field."""

import random
from collections.abc import Iterator
from typing import Any

MARK = "Zxqw"
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
# Of no case: sealed with the keys of a list or run, an accused, an item, a report, a worker, a
# visit, and erased with those (safeguards/retention/periods.yaml).
OF_NO_CASE = {"linkage", "justice", "evidence", "incidents", "labour_migration", "visits"}


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
    all_open_to(first, full.number)
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


def all_open_to(who: Any, number: str) -> None:
    """Open a file to an officer for every purpose, and let her or him act from here on."""
    from mekhala.safeguards.access.acting import become
    from mekhala.safeguards.access.purposes import Purpose
    from tests.builders import open_to

    for purpose in Purpose:
        open_to(who, number, purpose)
    become(who.pk)


def _plant_sealed(number: str, mark: Any) -> None:
    """Put a mark into every sealed field of every row about the case."""
    from mekhala.forms.queries import subjects_of
    from mekhala.safeguards.identity.fields import SealedBytes, SealedJSON
    from tests.builders_retention import as_owner

    people, planted = set(subjects_of(number)), set[str]()
    for row, field in sealed_cells(people):
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


def sealed_cells(people: set[str]) -> Iterator[tuple[Any, Any]]:
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

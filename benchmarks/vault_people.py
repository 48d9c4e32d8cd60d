"""Invented people for the proofs of the vault: names alone, or cases with what was told."""

from collections.abc import Callable
from typing import Any


def cursor_of_django() -> Any:
    """Return a cursor of Django's connection, which is set up only when the server runs."""
    from django.db import connection

    return connection.cursor()


def as_owner(cursor: Any) -> None:
    """Let the owner of the tables pass the policies until the transaction ends."""
    cursor.execute("select set_config('mekhala.maintenance', 'on', true)")


def fill(count: int) -> None:
    """Keep so many invented names, each with a data key of its own."""
    from django.db import transaction

    from mekhala.safeguards.identity.services import Name, sealed

    with transaction.atomic(), cursor_of_django() as cursor:
        as_owner(cursor)
        for start in range(0, count, 5000):
            names = [
                Name(f"MK-{n}", f"MK-{n}", *["Sok Invented"] * 6)
                for n in range(start, min(start + 5000, count))
            ]
            for rows in filter(None, sealed(names)):
                type(rows[0]).objects.bulk_create(rows, batch_size=1000)


def told_of(people: int, texts: int, words: Callable[[int], str]) -> list[str]:
    """Keep invented people with so many texts each; return their numbers."""
    from datetime import UTC, datetime, timedelta

    from django.db import transaction

    from mekhala.core.check_digit import new_number
    from mekhala.pathway.encounter.models import Case
    from mekhala.pathway.screening.models import Screening
    from mekhala.safeguards.access import held
    from mekhala.safeguards.access.models import Grant, Officer
    from mekhala.safeguards.agencies.models import Agency

    at, numbers = datetime(2026, 3, 9, tzinfo=UTC), [new_number("MK") for _one in range(people)]
    with transaction.atomic(), held.holding(), cursor_of_django() as cursor:
        as_owner(cursor)
        agency, _new = Agency.objects.get_or_create(
            code="invented", defaults={"name": "Invented", "kind": "first_responder",
                                       "province_code": "12"})  # fmt: skip
        officer, _new = Officer.objects.get_or_create(
            username="invented", defaults={"agency": agency, "role": "first_responder"}
        )
        Grant.objects.bulk_create(
            Grant(file_number=n, officer=officer, purpose="first_contact", granted_by=officer,
                  granted_at=at, until=at + timedelta(days=36500),
                  field_classes=["location", "identity", "narrative", "open"])
            for n in numbers
        )  # fmt: skip
        Case.objects.bulk_create(
            Case(number=n, opened_at=at, opened_by=officer, agency=agency) for n in numbers
        )
        Screening.objects.bulk_create(
            Screening(case_id=n, screened_by=officer, screened_at=at + timedelta(minutes=m),
                      outcome="refer", because=words(p * texts + m))
            for p, n in enumerate(numbers) for m in range(texts)
        )  # fmt: skip
    return numbers

"""``mekhala keys shred``: one number is erased for good, unless its file is under a legal hold."""

from collections.abc import Iterator
from contextlib import contextmanager

from mekhala.core.wrong_input import WrongInput


def check_not_held(number: str) -> None:
    """Refuse a held file in one sentence, before a second signature is used up for it."""
    from django.utils import timezone

    from mekhala.safeguards.holds.queries import held

    with _as_owner():
        found = held(_files_of(number), timezone.now())
    if found:
        raise WrongInput(
            f"keys shred: {number} is under a legal hold; nothing of it is erased until two "
            "officers of two agencies have lifted it"
        )


def shred(number: str) -> dict[str, object]:
    """Destroy the data keys of a number and of the filled forms about it; say which number.

    Raises ``WrongInput`` where nothing is kept under it, or it cannot be erased now.
    """
    from django.utils import timezone

    from mekhala.forms.queries import subjects_of
    from mekhala.safeguards.access.errors import ActRefused
    from mekhala.safeguards.identity import services

    try:
        with _as_owner():
            for subject in _with_keys(subjects_of(number)):
                services.shred(subject, by=None, at=timezone.now())
    except services.NameGone:
        raise WrongInput(f"keys shred: no name is kept under {number!r}") from None
    except ActRefused as refusal:
        raise WrongInput(f"keys shred: {refusal}") from None
    return {"erased": number}


def _files_of(number: str) -> set[str]:
    """Return the numbers a hold on this one may stand under: its own, its case, its proceeding."""
    from mekhala.forms.models import Submission
    from mekhala.safeguards.identity.models import Identity

    names = Identity.objects.filter(subject=number).values_list("file_number", flat=True)
    forms = Submission.objects.filter(number=number).values_list("case_number", flat=True)
    return {number, *names, *forms}


def _with_keys(subjects: list[str]) -> list[str]:
    """Return the case itself, and of the filled forms about it those not erased before."""
    from mekhala.safeguards.identity.models import DESTROYED, DataKey

    alive = DataKey.objects.filter(subject__in=subjects[1:]).exclude(form=DESTROYED)
    return [subjects[0], *sorted(set(alive.values_list("subject", flat=True)))]


@contextmanager
def _as_owner() -> Iterator[None]:
    """Run one transaction to which every row is open."""
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select set_config('mekhala.maintenance', 'on', true)")
        yield

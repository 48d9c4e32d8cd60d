"""Which files are held. Whoever erases asks here first."""

from collections.abc import Iterable
from datetime import datetime

from django.db import connection
from django.db.models import QuerySet

from mekhala.safeguards.holds.models import Hold


def held(numbers: Iterable[str], now: datetime) -> set[str]:
    """Return those of ``numbers`` that are under a hold at ``now``, whoever asks.

    Asked of the database's own function: a job to which no file is open is told as well.
    """
    with connection.cursor() as cursor:
        cursor.execute("select holds_held(%s, %s)", [list(numbers), now])
        return {number for (number,) in cursor.fetchall()}


def is_held(number: str, now: datetime) -> bool:
    """Return whether one file is under a hold at ``now``: then nothing of it is erased."""
    return number in held([number], now)


def of_file(number: str) -> QuerySet[Hold]:
    """Return the holds there were on a file that is open to whoever asks, the newest first."""
    return Hold.objects.filter(number=number).select_related("signature", "lifted_under")

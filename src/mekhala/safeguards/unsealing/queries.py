"""Orders for names, shown to who holds the case. Nothing here changes anything."""

from datetime import date

from django.db import connection
from django.db.models import Q, QuerySet

from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.unsealing.models import Order


def of_case(number: str) -> QuerySet[Order]:
    """Return the orders for the name behind a case that is open to whoever asks, newest first."""
    return Order.objects.filter(number=number).select_related("asked_by__agency")


def told_to_the_person(number: str, *, today: date) -> QuerySet[Order]:
    """Return the orders under which the name was opened and of which the person may know."""
    may_know = Q(silent_until=None) | Q(silent_until__lt=today)
    return of_case(number).filter(may_know, opened_at__isnull=False)


def leads(number: str) -> QuerySet[Officer]:
    """Return the officers who hold a case for determination or registration.

    Asked of the database's own function: grants of others are not seen from here. It answers to
    whom the case is open.
    """
    with connection.cursor() as cursor:
        cursor.execute("select officer from unsealing_leads(%s)", [number])
        found = [officer for (officer,) in cursor.fetchall()]
    return Officer.objects.filter(pk__in=found)

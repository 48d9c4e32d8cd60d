"""Written orders for the name behind a case, signed and opened."""

from datetime import timedelta

from django.utils import timezone

from mekhala.safeguards.access.acting import become
from mekhala.safeguards.unsealing import services
from mekhala.safeguards.unsealing.models import Order
from tests.builders_foureyes import ONE_DEVICE, WHY, agreed


def an_order(**more):
    """Return what is recorded of an order that came yesterday."""
    return {
        "basis": "court_order", "body": "Court of the invented province", "reference": "17/2026",
        "dated": timezone.localdate() - timedelta(days=1), "told": "yes", "silent_until": None,
    } | more  # fmt: skip


def ordered(number, by, *, device=ONE_DEVICE, **more):
    """Record an order as an officer, now; return the request for the second signature."""
    become(by.pk)
    return services.ask(number, **an_order(**more), because=WHY, by=by, at=timezone.localtime(),
                        device=device)  # fmt: skip


def opened_for_law(number, by, other, **more):
    """Record an order, have it signed by another agency, and open the name under it."""
    agreed(made := ordered(number, by, **more), other)
    become(by.pk)
    order = Order.objects.get(pk=made.details["order"])
    services.open_name(order, by=by, at=timezone.localtime(), serial="0123456789AB")
    return order

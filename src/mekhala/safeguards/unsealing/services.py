"""Asking for the name behind one case under a written order, and opening it once."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.audit import services as audit
from mekhala.safeguards.four_eyes import services as four_eyes
from mekhala.safeguards.four_eyes.models import SecondSignature
from mekhala.safeguards.identity import services as identities
from mekhala.safeguards.identity.errors import NameNotShown
from mekhala.safeguards.identity.services import Name
from mekhala.safeguards.notices.kinds import Kind as Told
from mekhala.safeguards.notices.services import tell
from mekhala.safeguards.unsealing import errors, policies, queries
from mekhala.safeguards.unsealing.models import Order

KIND = "identity.unseal_for_law"
PURPOSE, ACT = "law", "identity.unsealed_for_law"


@transaction.atomic
def ask(
    number: str, *, basis: str, body: str, dated: date, reference: str, told: str,
    silent_until: date | None, because: str, by: Officer, at: datetime, device: str,
) -> SecondSignature:  # fmt: skip
    """Record an order for the name behind one case and ask another agency for its signature.

    The day of the order is compared with the day of ``at``. Raises ``ActRefused``.
    """
    policies.check_may_open(number, by=by, at=at)
    policies.check_order(dated=dated, reference=reference, told=told, until=silent_until,
                         today=timezone.localdate(at))  # fmt: skip
    order = Order.objects.create(
        number=number, basis=basis, body=body.strip(), dated=dated, reference=reference.strip(),
        told=told, silent_until=silent_until, asked_by=by, asked_at=at,
    )  # fmt: skip
    audit.record("unsealing.ordered", subject=number, by=by, at=at, order=order.pk, basis=basis,
                 told=told)  # fmt: skip
    return four_eyes.ask(
        KIND, subject=number, because=because, by=by, at=at, device=device, order=order.pk
    )


def open_name(order: Order, *, by: Officer, at: datetime, serial: str) -> Name:
    """Return the name, once, under the signature given for this order; ``serial`` is the paper's.

    Not one transaction: what the vault refuses is noted and leaves the signature unused. Raises
    ``NotSigned``, ``OpenedAlready``, ``NameNotYours``, ``NothingKept``, ``NameNotShown``.
    """
    policies.check_may_open(order.number, by=by, at=at)
    try:
        return _opened(order, by=by, at=at, serial=serial)
    except NameNotShown as refusal:
        audit.record("identity.refused", subject=order.number, by=by, at=at, purpose=PURPOSE,
                     why=refusal.code)  # fmt: skip
        raise


@transaction.atomic
def _opened(order: Order, *, by: Officer, at: datetime, serial: str) -> Name:
    found = Order.objects.select_for_update(of=("self",)).get(pk=order.pk)
    policies.check_not_opened(found)
    found.signature = four_eyes.use(
        _signature_of(found, by), kind=KIND, subject=found.number, by=by, at=at
    )
    found.opened_at, found.serial = at, serial
    found.save(update_fields=["signature", "opened_at", "serial"])
    name = identities.show(found.number, by=by, at=at, purpose=PURPOSE, act=ACT, **_noted(found))
    if name is None:
        raise errors.NothingKept
    told = queries.leads(found.number).exclude(pk=by.pk)
    tell(told, Told.NAME_FOR_LAW, subject=found.number, by=by, at=at, order=found.pk)
    return name


def _signature_of(order: Order, by: Officer) -> int:
    """Return the id of the request asked for under this order; 0 for none."""
    asked = SecondSignature.objects.filter(
        kind=KIND, subject=order.number, details__order=order.pk, asked_by=by
    )
    return asked.values_list("pk", flat=True).first() or 0


def _noted(order: Order) -> dict[str, object]:
    """Return the codes that stand in the log beside the look."""
    noted = {"basis": order.basis, "order": order.pk, "signature": order.signature_id,
             "serial": order.serial}  # fmt: skip
    if order.silent_until:
        noted["silent_until"] = order.silent_until.isoformat()
    return noted

"""Where a service stands: sealed in the database, told to whom the database shows the row.

The seal is against a stolen copy of the tables; who may see the row while the system runs is for
row security (migrations of ``referral``). Rotation: with the secret, providers type it again.
"""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac

from mekhala.core.cryptography import Use
from mekhala.pathway.directory import policies
from mekhala.pathway.directory.models import Service, ServiceAddress
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.audit import services as audit
from mekhala.safeguards.identity import sealing

USES = (
    Use(
        what="sealing where a shelter stands", algorithm="AES-256-GCM, key by HMAC-sha256",
        standard="NIST SP 800-38D, RFC 2104", key_bits=256,
        lies="derived from MEKHALA_SECRET_KEY or secrets/django", owner="administrator",
        rotation="with the secret: providers type the address again",
    ),
)  # fmt: skip
NUMBER = 1  # one text in one place: the row is written anew as a whole


@transaction.atomic
def keep_address(service: Service, text: str, *, by: Officer, at: datetime) -> ServiceAddress:
    """Keep where a service stands; only who runs it may. Raises ``ActRefused`` otherwise."""
    policies.check_may_confirm(by, service)
    kept, _made = ServiceAddress.objects.update_or_create(
        service=service,
        defaults={"sealed": _seal(service.pk, text), "noted_by": by, "noted_at": at},
    )  # fmt: skip
    audit.record("directory.address_kept", subject=service, by=by, at=at)
    return kept


@transaction.atomic
def show_address(service_id: int, *, by: Officer, at: datetime) -> str | None:
    """Return where a service stands; None where no row is there for ``by``. Each look is noted."""
    kept = ServiceAddress.objects.filter(service=service_id).first()
    if kept is None:
        return None
    audit.record("directory.address_shown", subject=f"service {service_id}", by=by, at=at)
    place = _place(service_id)
    return sealing.opened({NUMBER: _key()}, bytes(kept.sealed), **place)


def _seal(service_id: int, text: str) -> bytes:
    return sealing.seal(_key(), text, number=NUMBER, **_place(service_id))


def _place(service_id: int) -> dict[str, str]:
    return {"subject": f"service {service_id}", "field": "address"}


def _key() -> bytes:
    return salted_hmac(
        "mekhala.directory.address", "1", secret=settings.SECRET_KEY, algorithm="sha256"
    ).digest()

"""Phones that send for one officer: given out, recognised on every request, ended at once.

A password is 160 bits of chance, so no slow hash is needed: it is kept as HMAC-SHA-256 under the
application's secret, and checked in the same time whether the name is known or not. Whoever reads
the table has no password, and whoever writes to it alone cannot make one.

A browser has nothing to scan a code with: its officer types a code of 40 bits, shown once, good for
ten minutes and one use, and the password goes to the browser, which nobody ever sees.
"""

import base64
import hashlib
import secrets
from datetime import datetime, timedelta
from itertools import islice

from django.db import transaction
from django.db.models import Q
from django.utils.crypto import constant_time_compare, salted_hmac

from mekhala.core.check_digit import ALPHABET
from mekhala.core.cryptography import Use
from mekhala.safeguards import prepared
from mekhala.safeguards.access.errors import EnoughDevices
from mekhala.safeguards.access.models import Device, DeviceKind, Officer
from mekhala.safeguards.agencies.models import Agency
from mekhala.safeguards.audit import services as audit

PASSWORD_BYTES = 20
MOST = 5  # phones of one officer that work at the same time
SEEN_EVERY = timedelta(minutes=10)
CODE_SIGNS, CODE_LASTS = 8, timedelta(minutes=10)  # of 31 signs nobody mistakes: 39.6 bits
_HASH = "sha256"
_KEPT = f"hmac-{_HASH}$"
# In the order of the models: that is how Django puts rows together.
_DEVICE = ["id", "officer_id", "username", "password", "language", "last_seen_at", "revoked_at"]
_OFFICER = ["id", "username", "agency_id", "role", "is_active"]
_AGENCY = ["id", "code", "kind"]
_WITH_OFFICER = """
select d.id, d.officer_id, d.username, d.password, d.language, d.last_seen_at, d.revoked_at,
  o.id, o.username, o.agency_id, o.role, o.is_active, a.id, a.code, a.kind
from access_device d join access_officer o on o.id = d.officer_id
  join agencies_agency a on a.id = o.agency_id
where d.username = %s
"""
USES = (
    Use(
        what="recognising a phone's password without keeping it",
        algorithm=f"HMAC-{_HASH.upper()} of name and password", standard="RFC 2104",
        key_bits=hashlib.new(_HASH).digest_size * 8,
        lies="derived from MEKHALA_SECRET_KEY or secrets/django", owner="administrator",
        rotation="with the secret: phones are given out anew",
    ),
)  # fmt: skip


@transaction.atomic
def issue(
    officer: Officer, label: str, *, at: datetime, language: str = "en"
) -> tuple[Device, str]:
    """Return a fresh device of ``officer`` and its password, which is shown this once.

    ``language`` (en, km) is what the phone is answered in. Raises ``EnoughDevices``.
    """
    _check_room(officer, at)
    username, password = _name(), _password()
    device = Device.objects.create(
        officer=officer, label=label, username=username, language=language,
        password=_kept(username, password), created_at=at,
    )  # fmt: skip
    audit.record("access.device_added", subject=username, by=officer, at=at, device=device.pk)
    return device, password


@transaction.atomic
def invite(
    officer: Officer, label: str, *, at: datetime, language: str = "en"
) -> tuple[Device, str]:
    """Return a fresh browser of ``officer`` and the code to type there, which is shown this once.

    Raises ``EnoughDevices``.
    """
    _check_room(officer, at)
    signs = "".join(secrets.choice(ALPHABET) for _ in range(CODE_SIGNS))
    device = Device.objects.create(
        officer=officer, label=label, username=_name(), language=language, created_at=at,
        kind=DeviceKind.BROWSER, password=_KEPT, code=_code(signs), code_until=at + CODE_LASTS,
    )  # fmt: skip
    audit.record("access.device_invited", subject=device.username, by=officer, at=at,
                 device=device.pk)  # fmt: skip
    return device, f"{signs[:4]}-{signs[4:]}"


@transaction.atomic
def enrol(code: str, *, at: datetime) -> tuple[Device, str] | None:
    """Return the browser whose code this is, and its password; None for any other code.

    The code is used up by it. It runs as nobody: the caller counts tries before.
    """
    signs = "".join(c for c in code.upper() if c in ALPHABET)
    found = Device.objects.select_for_update(of=("self",)).select_related("officer__agency")
    device = found.filter(code=_code(signs), code_until__gt=at, revoked_at=None).first()
    if device is None or not device.is_live:
        return None
    password = _password()
    device.password, device.code, device.code_until = _kept(device.username, password), "", None
    device.save(update_fields=["password", "code", "code_until"])
    return device, password


def note_enrolled(device: Device, *, at: datetime) -> None:
    """Note in the log that a browser was enrolled; run it as its officer."""
    audit.record("access.device_added", subject=device.username, by=device.officer, at=at,
                 device=device.pk)  # fmt: skip


def with_beacon(username: str, beacon: str) -> Device | None:
    """Return the browser that shows this beacon: all it may do is ask whether it still stands."""
    found = Device.objects.select_related("officer").filter(username=username).first()
    fits = constant_time_compare(beacon_of(username), beacon)
    return found if fits else None


def beacon_of(username: str) -> str:
    """Return what a browser may ask with before its officer has opened it; it opens nothing."""
    return salted_hmac("mekhala.beacon", username, algorithm=_HASH).hexdigest()


def with_password(username: str, password: str) -> Device | None:
    """Return the device with this name and password, ended or not; else None.

    Ask ``is_live`` before anything is told: an ended device learns no more than an unknown one.
    """
    found = _named(username)
    given = _kept(username, password)
    fits = constant_time_compare(found.password if found else _KEPT, given)
    if not (found and fits):
        return None
    _remember(found)
    return found


_remembered: dict[str, Device] = {}
MOST_REMEMBERED = 5000


def _remember(device: Device) -> None:
    if len(_remembered) >= MOST_REMEMBERED:
        _remembered.clear()
    _remembered[device.username] = device


def remembered(username: str, password: str) -> Device | None:
    """Return the device with this name and password as this process last saw it; else None.

    What it was allowed may have ended since: whoever acts on it asks the database in the act.
    """
    found = _remembered.get(username)
    if found is None:
        return None
    return found if constant_time_compare(found.password, _kept(username, password)) else None


def _named(username: str) -> Device | None:
    """Return the device of this name with its officer and agency, asked for on each request."""
    rows = prepared.execute(_WITH_OFFICER, [username])
    if not rows:
        return None
    parts = iter(rows[0])
    device = Device.from_db("default", _DEVICE, [*islice(parts, len(_DEVICE))])
    officer = Officer.from_db("default", _OFFICER, [*islice(parts, len(_OFFICER))])
    officer.agency = Agency.from_db("default", _AGENCY, [*parts])
    device.officer = officer
    return device


def note_seen(device: Device, *, at: datetime) -> None:
    """Keep when the phone last called; written once in ten minutes, not on every request."""
    if device.last_seen_at is None or at - device.last_seen_at >= SEEN_EVERY:
        Device.objects.filter(pk=device.pk).update(last_seen_at=at)


def _check_room(officer: Officer, at: datetime) -> None:
    """Refuse one more than ``MOST``; a browser whose code ran out unused takes no place."""
    list(Officer.objects.select_for_update(of=("self",)).filter(pk=officer.pk))
    run_out = Q(code__gt="", code_until__lte=at)
    if officer.devices.filter(revoked_at=None).exclude(run_out).count() >= MOST:
        raise EnoughDevices


def _name() -> str:
    return f"device-{secrets.token_hex(4)}"


def _password() -> str:
    return base64.b32encode(secrets.token_bytes(PASSWORD_BYTES)).decode().lower()


def _code(signs: str) -> str:
    return salted_hmac("mekhala.device.code", signs, algorithm=_HASH).hexdigest()


def _kept(username: str, password: str) -> str:
    said = salted_hmac("mekhala.device", f"{username}:{password}", algorithm=_HASH)
    return _KEPT + said.hexdigest()

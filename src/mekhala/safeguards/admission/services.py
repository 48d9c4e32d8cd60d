"""Showing each administrator their half of a code, and letting the officer in with both."""

import secrets
from datetime import datetime, timedelta

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from mekhala.core.check_digit import ALPHABET
from mekhala.safeguards.access import accounts
from mekhala.safeguards.access.errors import NotOpenToYou
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.admission import errors
from mekhala.safeguards.admission.models import Admission
from mekhala.safeguards.audit import services as audit
from mekhala.safeguards.four_eyes.models import SecondSignature
from mekhala.safeguards.signing import services as signing
from mekhala.safeguards.signing.models import Ended

STANDS = timedelta(hours=72)
HALF = 12  # signs out of 31: 59 bits, hashed slowly, five tries


@transaction.atomic
def make(
    officer: Officer, *, signature: SecondSignature | None, by: Officer | None, at: datetime
) -> Admission:
    """Let an officer be admitted within 72 hours; an admission before this one ends."""
    Admission.objects.filter(officer=officer, ended_at=None).update(ended_at=at)
    made = Admission.objects.create(
        officer=officer, signature=signature, made_at=at, until=at + STANDS
    )
    audit.record("admission.made", subject=officer.username, by=by, at=at, admission=made.pk)
    return made


@transaction.atomic
def close(officer: Officer, *, by: Officer, at: datetime) -> None:
    """Close an account with all its sessions. Raises ``ActRefused``."""
    accounts.close_account(officer, by=by, at=at)
    end_sessions(officer, at=at)


def end_sessions(officer: Officer, *, at: datetime) -> None:
    """End every session of an officer; her or his list of sign-ins says when and why."""
    signing.end_all_of(officer, because=Ended.ACCOUNT, at=at)


@transaction.atomic
def make_first(officer: Officer, *, at: datetime) -> tuple[Admission, str, str]:
    """Let one of the first administrators in; return the admission and both halves of its code.

    Runs as the owner of the tables: there is nobody yet who could sign.
    """
    first, second = fresh_half(), fresh_half()
    made = make(officer, signature=None, by=None, at=at)
    made.first_half, made.second_half = make_password(first), make_password(second)
    made.save(update_fields=["first_half", "second_half"])
    return made, first, second


@transaction.atomic
def show_half(admission: Admission, *, by: Officer, at: datetime) -> str:
    """Return the half of the code that belongs to ``by``, made now and shown this once.

    Raises ``HalfShownAlready``; ``NotOpenToYou`` for whoever did not sign.
    """
    found = Admission.objects.select_for_update(of=("self",)).get(pk=admission.pk)
    field = _half_of(found, by)
    if not found.is_open(at) or getattr(found, field):
        raise errors.HalfShownAlready
    half = fresh_half()
    setattr(found, field, make_password(half))
    found.save(update_fields=[field])
    audit.record("admission.half_shown", subject=found.officer.username, by=by, at=at,
                 admission=found.pk, half=1 if field == "first_half" else 2)  # fmt: skip
    return half


def fresh_half() -> str:
    """Return half a code: three groups of four signs none of which is taken for another."""
    signs = "".join(secrets.choice(ALPHABET) for _ in range(HALF))
    return "-".join(signs[i : i + 4] for i in range(0, HALF, 4))


@transaction.atomic
def admit(username: str, first: str, second: str, *, password: str, at: datetime) -> Officer | None:
    """Set the officer's own password if both halves fit; None if anything does not.

    A wrong try is counted, the fifth ends the admission. An unknown name takes as long as a
    wrong half. The halves may be typed in either order, with or without hyphens.
    """
    found = _open_for(username, at)
    if found is None or not _fits(found, _plain(first), _plain(second)):
        _count_wrong(found, at)
        return None
    officer = found.officer
    officer.set_password(password)
    officer.save(update_fields=["password"])
    found.ended_at = at
    found.save(update_fields=["ended_at"])
    audit.record("admission.admitted", subject=officer.username, by=officer, at=at,
                 admission=found.pk)  # fmt: skip
    return officer


def _half_of(admission: Admission, by: Officer) -> str:
    signature = admission.signature
    if signature is not None and signature.asked_by_id == by.pk:
        return "first_half"
    if signature is not None and signature.answered_by_id == by.pk:
        return "second_half"
    raise NotOpenToYou


def _open_for(username: str, at: datetime) -> Admission | None:
    """Return the admission both halves of which were shown; others cannot be tried."""
    found = (
        Admission.objects.select_for_update(of=("self",))
        .filter(officer__username=username, officer__is_active=True, ended_at=None)
        .exclude(first_half="").exclude(second_half="")
        .order_by("-id").first()
    )  # fmt: skip
    return found if found is not None and found.is_open(at) else None


def _fits(admission: Admission, first: str, second: str) -> bool:
    straight = _both(admission, first, second)
    return straight or _both(admission, second, first)


def _both(admission: Admission, first: str, second: str) -> bool:
    one = check_password(first, admission.first_half)
    two = check_password(second, admission.second_half)
    return one and two


def _count_wrong(admission: Admission | None, at: datetime) -> None:
    if admission is None:
        for _half in range(4):
            make_password("takes as long")
        return
    admission.wrong += 1
    admission.save(update_fields=["wrong"])
    audit.record("admission.wrong_try", subject=admission.officer.username, by=None, at=at,
                 admission=admission.pk, tries=admission.wrong)  # fmt: skip


def _plain(typed: str) -> str:
    """Return half a code as it was shown, whatever spaces, hyphens and small letters it has."""
    signs = "".join(typed.upper().replace("-", "").split())
    return "-".join(signs[i : i + 4] for i in range(0, len(signs), 4))

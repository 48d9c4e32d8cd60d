"""Asking for a second signature, giving it, refusing it, and using it."""

import re
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from mekhala.safeguards.access.errors import NotOpenToYou
from mekhala.safeguards.access.models import Grant, Officer
from mekhala.safeguards.access.purposes import Role
from mekhala.safeguards.audit import services as audit
from mekhala.safeguards.four_eyes import errors, policies, queries
from mekhala.safeguards.four_eyes.kinds import Kind, check, kind_of, kinds
from mekhala.safeguards.four_eyes.models import Answer, SecondSignature
from mekhala.safeguards.notices.kinds import Kind as Told
from mekhala.safeguards.notices.services import tell

STANDS = timedelta(hours=72)
CODE = re.compile(r"[\w\u1780-\u17ff .,:+/()’'-]{0,80}")  # Khmer signs are no letters to \w


@transaction.atomic
def ask(
    kind: str, *, subject: str, because: str, by: Officer, at: datetime, device: str,
    **details: Any,
) -> SecondSignature:  # fmt: skip
    """Ask for the second signature under one act; nothing of it is done yet.

    ``device`` is the digest of the browser it is asked in; ``details`` are codes and short
    labels, never a person's words. Raises ``ActRefused``; ``KeyError`` for no such kind.
    """
    asked = kinds()[kind]
    policies.check_may_ask(asked, by=by, because=because, device=device)
    _check_codes(details)
    _check_open(asked, subject, by, at)
    asked.check(subject, details, by=by, at=at)
    _refuse_twice(kind, subject, at)
    signature = SecondSignature.objects.create(
        kind=kind, subject=subject, details=details, because=because.strip(),
        on_file=asked.on_file, answer_roles=sorted(asked.answer_roles), asked_by=by,
        asked_agency=by.agency, asked_at=at, asked_device=device, until=at + STANDS,
    )  # fmt: skip
    audit.record("four_eyes.asked", subject=subject, by=by, at=at, signature=signature.pk,
                 kind=kind)  # fmt: skip
    _tell_those_who_may(signature, by=by, at=at)
    return signature


@transaction.atomic
def agree(signature: SecondSignature, *, by: Officer, at: datetime, device: str) -> SecondSignature:
    """Give the second signature; the act is done in the same transaction.

    An act without a function of its own is done afterwards by who asked: see ``use``. Raises
    ``ActRefused`` from the rules of two, and whatever the act itself is refused for.
    """
    signature = _locked(signature)
    policies.check_may_answer(signature, by=by, at=at, device=device)
    check(signature, by=by, at=at)
    _answer(signature, Answer.AGREED, by=by, at=at, device=device)
    act = kind_of(signature).act
    if act is not None:
        act(signature, by=by, at=at)
        _done(signature, at)
    return signature


@transaction.atomic
def refuse(
    signature: SecondSignature, *, because: str, by: Officer, at: datetime, device: str
) -> SecondSignature:
    """Say no, with a reason. It can be asked for again."""
    signature = _locked(signature)
    policies.check_may_answer(signature, by=by, at=at, device=device)
    policies.check_says_why(because)
    signature.answered_because = because.strip()
    return _answer(signature, Answer.REFUSED, by=by, at=at, device=device)


@transaction.atomic
def take_back(signature: SecondSignature, *, by: Officer, at: datetime) -> SecondSignature:
    """Withdraw what one asked for, while nobody has answered."""
    signature = _locked(signature)
    if signature.asked_by_id != by.pk:
        raise NotOpenToYou
    policies.check_waits(signature, at=at)
    return _answer(signature, Answer.TAKEN_BACK, by=by, at=at, device="")


@transaction.atomic
def use(pk: int, *, kind: str, subject: str, by: Officer | None, at: datetime) -> SecondSignature:
    """Mark an agreed signature as used, for the one act it was given for; only once.

    ``by`` is who asked, None at the command line (as the owner of the tables). Raises
    ``NotSigned`` if it is of another act, not agreed, used, or older than the act allows.
    """
    signature = SecondSignature.objects.select_for_update(of=("self",)).filter(pk=pk).first()
    if signature is None or not _fits(signature, kind, subject, by, at):
        raise errors.NotSigned
    _done(signature, at)
    audit.record("four_eyes.used", subject=subject, by=by, at=at, signature=pk, kind=kind)
    return signature


@transaction.atomic
def note_emergency(kind: str, *, subject: str, at: datetime) -> None:
    """Note an act done at the command line without a second signature, and tell administrators."""
    told = queries.officers_of(Role.ADMINISTRATOR)
    audit.record("four_eyes.emergency", subject=subject, by=None, at=at, kind=kind)
    tell(told, Told.DONE_WITHOUT_SIGNATURE, subject=subject, by=None, at=at, act=kind)


def _fits(
    signature: SecondSignature, kind: str, subject: str, by: Officer | None, at: datetime
) -> bool:
    return (
        (signature.kind, signature.subject) == (kind, subject)
        and signature.answer == Answer.AGREED
        and signature.done_at is None
        and (by is None or signature.asked_by_id == by.pk)
        and signature.answered_at is not None
        and at < signature.answered_at + kinds()[kind].use_within
    )


def _locked(signature: SecondSignature) -> SecondSignature:
    found = SecondSignature.objects.select_for_update(of=("self",)).filter(pk=signature.pk).first()
    if found is None:
        raise NotOpenToYou
    return found


def _answer(
    signature: SecondSignature, answer: Answer, *, by: Officer, at: datetime, device: str
) -> SecondSignature:
    signature.answer, signature.answered_by, signature.answered_agency = answer, by, by.agency
    signature.answered_at, signature.answered_device = at, device
    signature.save(update_fields=[
        "answer", "answered_by", "answered_agency", "answered_at", "answered_device",
        "answered_because",
    ])  # fmt: skip
    audit.record(f"four_eyes.{answer.value}", subject=signature.subject, by=by, at=at,
                 signature=signature.pk, kind=signature.kind)  # fmt: skip
    if answer in (Answer.AGREED, Answer.REFUSED):
        tell([signature.asked_by], Told.SIGNATURE_ANSWERED, subject=signature.subject, by=by,
             at=at, signature=signature.pk)  # fmt: skip
    return signature


def _done(signature: SecondSignature, at: datetime) -> None:
    signature.done_at = at
    signature.save(update_fields=["done_at"])


def _check_codes(details: dict[str, Any]) -> None:
    """Refuse, as a mistake of the program, details that are no codes."""
    for value in details.values():
        if not (isinstance(value, int) or (isinstance(value, str) and CODE.fullmatch(value))):
            raise TypeError("details of a second signature are codes and short labels")


def _check_open(kind: Kind, subject: str, by: Officer, at: datetime) -> None:
    """Refuse an act on a file that is not open to who asks, as if it did not exist."""
    if not kind.on_file:
        return
    if not Grant.objects.filter(officer=by, file_number=subject, until__gt=at).exists():
        raise NotOpenToYou


def _refuse_twice(kind: str, subject: str, at: datetime) -> None:
    waiting = SecondSignature.objects.filter(kind=kind, subject=subject, answer=Answer.WAITING)
    if waiting.filter(until__gt=at).exists():
        raise errors.AskedAlready


def _tell_those_who_may(signature: SecondSignature, *, by: Officer, at: datetime) -> None:
    """Tell whoever may answer; of a file nobody is told who does not hold it.

    Grants of others are not seen from here: those who hold the file find it in their list.
    """
    if not signature.on_file:
        tell(queries.may_answer(signature), Told.SECOND_SIGNATURE, subject=signature.subject,
             by=by, at=at, signature=signature.pk)  # fmt: skip

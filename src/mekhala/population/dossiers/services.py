"""Asking to read dossiers, letting somebody, reading, taking a file out, ending it."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from mekhala.core.check_digit import new_number, tidy
from mekhala.population.dossiers import errors, policies, queries
from mekhala.population.dossiers.models import Access, Named, Taken
from mekhala.population.dossiers.standing import as_it_stands
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.audit import services as audit
from mekhala.safeguards.four_eyes import services as four_eyes
from mekhala.safeguards.four_eyes.models import SecondSignature


@transaction.atomic
def ask(
    *, named: Sequence[str], purpose: str, approved_by: str, approval: str, approved_on: date,
    supervisor: Officer, until: datetime, by: Officer, at: datetime,
) -> Access:  # fmt: skip
    """Ask to read the dossiers ``named``; nothing is open, and nothing is told of any of them.

    Raises ``NotYourRole``, ``NotADossier``, ``TooLong``, ``ApprovalUnclear``, ``NotASupervisor``.
    """
    policies.check_may_ask(by)
    numbers = list(dict.fromkeys(tidy(one, policies.PREFIX) for one in named))
    policies.check_request(numbers, supervisor=supervisor, until=until, approval=approval,
                           approved_on=approved_on, by=by, at=at)  # fmt: skip
    kept = Access.objects.create(
        number=new_number("RD"), purpose=purpose.strip(), approved_by=approved_by.strip(),
        approval=approval.strip(), approved_on=approved_on, supervisor=supervisor, until=until,
        asked_by=by, agency=by.agency, asked_at=at,
    )  # fmt: skip
    Named.objects.bulk_create([Named(access=kept, dossier=one) for one in numbers])
    audit.record("dossiers.asked", subject=kept.number, by=by, at=at, dossiers=len(numbers),
                 supervisor=supervisor.pk)  # fmt: skip
    return kept


def let(access: Access, *, because: str, by: Officer, at: datetime, device: str) -> SecondSignature:
    """Sign as the supervisor, and ask another agency for the second signature.

    Raises ``NotYoursToSign``, ``NotOpenNow`` and what the rules of two refuse.
    """
    policies.check_may_sign(access, by=by, at=at)
    return four_eyes.ask(
        queries.KIND, subject=access.number, because=because, by=by, at=at, device=device
    )


@transaction.atomic
def open_under(signature: SecondSignature, *, by: Officer, at: datetime) -> Access:
    """Open the access under the second signature just given; only the two agencies can."""
    access = _locked(signature.subject)
    policies.check_may_sign(access, by=by, at=at)
    access.signature, access.opened_at = signature, at
    access.save(update_fields=["signature", "opened_at"])
    audit.record("dossiers.opened", subject=access.number, by=by, at=at, signature=signature.pk)
    return access


@transaction.atomic
def read(access: Access, dossier: str, *, by: Officer, at: datetime) -> dict[str, Any]:
    """Return one dossier in codes; the reading stands in the log of the proceeding.

    Raises ``NotOpenNow``, also for a dossier that the request does not name.
    """
    policies.check_may_read(access, by=by, at=at)
    found = queries.redacted(access, dossier)
    if found is None:
        raise errors.NotOpenNow
    audit.record("dossiers.read", subject=dossier, by=by, at=at, access=access.number)
    return as_it_stands(found)


@transaction.atomic
def take(access: Access, *, by: Officer, at: datetime) -> tuple[Taken, list[dict[str, Any]]]:
    """Return all dossiers of the request for one file, counted, under a serial of its own.

    Raises ``NotOpenNow``; ``EnoughFiles`` after three.
    """
    access = _locked(access.number)
    policies.check_may_read(access, by=by, at=at)
    policies.check_may_take(access)
    found = [read(access, one.dossier, by=by, at=at) for one in access.named.all()]
    taken = Taken.objects.create(
        access=access, serial=new_number("EX"), dossiers=len(found), taken_at=at
    )
    audit.record("dossiers.taken", subject=access.number, by=by, at=at, serial=taken.serial,
                 dossiers=len(found))  # fmt: skip
    return taken, found


@transaction.atomic
def end(access: Access, *, by: Officer, at: datetime) -> Access:
    """End the access at once. Raises ``NotYourRole``, ``AlreadyEnded``."""
    access = _locked(access.number)
    policies.check_may_end(access, by=by, at=at)
    access.ended_at, access.ended_by = at, by
    access.save(update_fields=["ended_at", "ended_by"])
    audit.record("dossiers.ended", subject=access.number, by=by, at=at)
    return access


def _locked(number: str) -> Access:
    found = Access.objects.select_for_update(of=("self",)).filter(pk=number).first()
    if found is None:
        raise errors.NotOpenNow
    return found

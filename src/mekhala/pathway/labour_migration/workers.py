"""Acts for a worker: a complaint, a case opened from it, the contract, being asked after."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from mekhala.core.check_digit import new_number
from mekhala.core.vocabulary.places import check_code
from mekhala.core.wrong_input import WrongInput
from mekhala.pathway.encounter import services as encounter
from mekhala.pathway.encounter.models import Case
from mekhala.pathway.labour_migration import errors, policies
from mekhala.pathway.labour_migration.models import (
    AskAfter,
    Asked,
    Complaint,
    Departure,
    Deployment,
    Employer,
    Recruiter,
    Worker,
)
from mekhala.pathway.labour_migration.services import check_country, record_incident
from mekhala.pathway.labour_migration.words import Complainant, Found, Source, Whom
from mekhala.safeguards.access import queries as officers
from mekhala.safeguards.access import services as access
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import FieldClass, Purpose, Role
from mekhala.safeguards.agencies.models import Agency, AgencyKind
from mekhala.safeguards.audit import services as audit

CONTRACTS = {b"%PDF-": "application/pdf", b"\xff\xd8\xff": "image/jpeg", b"\x89PNG": "image/png"}
LARGEST = 10 * 1024 * 1024  # bytes


@transaction.atomic
def open_file(*, by: Officer, at: datetime) -> Worker:
    """Open a file for a worker, to ``by`` and to nobody else."""
    policies.check_takes_complaints(by)
    number = new_number("WK")
    access.open_to([by], number, purpose=Purpose.FIRST_CONTACT, by=by, at=at)
    made = Worker.objects.create(number=number, opened_by=by, opened_at=at)
    audit.record("departure.file_opened", subject=number, by=by, at=at)
    return made


@transaction.atomic
def complain(
    recruiter: Recruiter,
    kinds: Sequence[str],
    *,
    by_whom: Complainant | str,
    country: str,
    received_on: date,
    by: Officer,
    at: datetime,
    words: str = "",
    labour_may_read: bool | None = None,
    worker: Worker | None = None,
    deployment: Deployment | None = None,
) -> Complaint:
    """Keep a complaint of an agency; the agency's page shows its kinds and month only.

    With the worker's yes (``labour_may_read``) labour inspection reads it too. At the ladder's
    threshold a review opens. ``deployment``: the work it is about. Raises ``NotYourRole``,
    ``NotOpenToYou``, ``DayToCome``, ``AnotherAgency``.
    """
    worker = worker or open_file(by=by, at=at)
    policies.check_may_act(by, worker, now=at)
    policies.check_put_to(deployment, worker, recruiter)
    noted = record_incident(
        recruiter, kinds, source=Source.COMPLAINT, country=country, on=received_on, by=by, at=at
    )
    if by_whom not in Complainant.values:
        raise WrongInput(f"by_whom: {str(by_whom)[:40]!r}; expected one of {Complainant.values}.")
    kept = Complaint.objects.create(
        worker=worker, recruiter=recruiter, incident=noted, country=country, by_whom=by_whom,
        kinds=noted.kinds, received_on=received_on, words=words.strip(), deployment=deployment,
        labour_may_read=labour_may_read, recorded_by=by, recorded_at=at,
    )  # fmt: skip
    if labour_may_read:
        _open_to_labour(worker, by=by, at=at)
    audit.record("departure.complained", subject=worker.number, by=by, at=at, complaint=kept.pk)
    return kept


@transaction.atomic
def record_deployment(
    worker: Worker, recruiter: Recruiter, employer: str, country: str, *, year: int, by: Officer,
    at: datetime,
) -> Deployment:  # fmt: skip
    """Keep through which agency a worker went to which employer, where and in which year.

    Raises ``NoNumbers`` where it is kept already, ``YearNotMeant``, ``NotOpenToYou``.
    """
    policies.check_may_act(by, worker, now=at)
    check_country(country)
    policies.check_year(year, now=at, ahead=1)
    if not employer.strip():
        raise WrongInput("work: no employer; expected one, or the word Household.")
    work, _made = Employer.objects.get_or_create(name=employer.strip(), country=country)
    try:
        with transaction.atomic():
            kept = Deployment.objects.create(
                worker=worker, recruiter=recruiter, employer=work, year=year, recorded_by=by,
                recorded_at=at,
            )  # fmt: skip
    except IntegrityError:
        raise errors.NoNumbers from None
    audit.record("departure.deployed", subject=worker.number, by=by, at=at, deployment=kept.pk)
    return kept


@transaction.atomic
def open_case(
    worker: Worker, *, worker_says_yes: bool | None, met_at: datetime, by: Officer, at: datetime,
    person: Mapping[str, Any],
) -> Case:  # fmt: skip
    """Open a case for a worker who may be trafficked and says yes to it.

    ``person`` is what ``encounter.services.open_case`` takes of the person. Raises
    ``WorkersYesMissing``, ``CaseThere``, and what that act refuses.
    """
    policies.check_may_act(by, worker, now=at)
    if worker_says_yes is not True:
        raise errors.WorkersYesMissing
    held = Worker.objects.select_for_update().get(pk=worker.pk)
    if held.case_id:
        raise errors.CaseThere
    case = encounter.open_case(by=by, at=at, met_at=met_at, consents_to_go_on=True, **person)
    held.case = case
    held.save(update_fields=["case"])
    worker.case = case
    audit.record("departure.case_opened", subject=worker.number, by=by, at=at, case=case.number)
    return case


@transaction.atomic
def keep_departure(
    worker: Worker,
    country: str,
    *,
    by: Officer,
    at: datetime,
    recruiter: Recruiter | None = None,
    leaves_on: date | None = None,
    checklist: str = "",
    contract: bytes = b"",
) -> Departure:
    """Keep that a worker leaves, with the number of the checklist and the contract, sealed.

    Raises ``NotAContract`` for what is no picture or PDF, or too large; ``WrongInput``.
    """
    policies.check_may_act(by, worker, now=at)
    check_country(country)
    if leaves_on is not None:
        policies.check_year(leaves_on.year, now=at)
    kept = Departure.objects.create(
        worker=worker, recruiter=recruiter, country=country, leaves_on=leaves_on,
        checklist=checklist.strip(), contract=contract, contract_kind=_kind_of(contract),
        recorded_by=by, recorded_at=at,
    )  # fmt: skip
    audit.record("departure.kept", subject=worker.number, by=by, at=at, departure=kept.pk)
    return kept


@transaction.atomic
def give_copy(departure: Departure, *, on: date, by: Officer, at: datetime) -> bytes:
    """Return the contract for the worker's own copy, and keep the day it was given."""
    policies.check_may_act(by, departure.worker, now=at)
    policies.check_past(on, now=at)
    Departure.objects.filter(pk=departure.pk, copy_given_on=None).update(copy_given_on=on)
    audit.record(
        "departure.copy_given", subject=departure.worker_id, by=by, at=at, departure=departure.pk
    )
    return bytes(departure.contract)


@transaction.atomic
def ask_after(
    worker: Worker, *, place_code: str, how: str, first_on: date, by: Officer, at: datetime,
    contact: str = "", every_days: int = 30,
) -> AskAfter:  # fmt: skip
    """Keep that the person wants to be asked after, from a day on, how, and by whom else."""
    policies.check_may_act(by, worker, now=at)
    if not how.strip() or not 1 <= every_days <= 365:
        raise WrongInput("ask after: expected how to reach the person, and 1 to 365 days.")
    today = timezone.localdate(at)
    if not today <= first_on <= today + policies.ASK_WITHIN:
        raise errors.AskFirstOn
    kept = AskAfter.objects.create(
        worker=worker, place_code=check_code(place_code), how=how.strip(), contact=contact.strip(),
        every_days=every_days, next_on=first_on, recorded_by=by, recorded_at=at,
    )  # fmt: skip
    audit.record("departure.asked_for", subject=worker.number, by=by, at=at, ask_after=kept.pk)
    return kept


@transaction.atomic
def record_asking(
    one: AskAfter, whom: Whom | str, found: Found | str, *, on: date, by: Officer, at: datetime
) -> Asked:
    """Keep what came of asking: the person first, the contact only if she or he was not reached.

    Raises ``PersonFirst``, ``NoContact``, ``NotAskedAfter``, ``DayToCome``, ``AskedBefore``.
    """
    policies.check_may_act(by, one.worker, now=at)
    held = AskAfter.objects.select_for_update().get(pk=one.pk)
    policies.check_asked_on(held, on, now=at)
    policies.check_may_ask(held, str(whom))
    if found == Found.NO_MORE and whom == Whom.CONTACT:
        raise errors.PersonFirst  # only the person stops it
    kept = Asked.objects.create(
        ask_after=held, whom=whom, asked_on=on, found=found, recorded_by=by, recorded_at=at
    )
    next_on = _next(held, str(whom), str(found), on)
    AskAfter.objects.filter(pk=held.pk).update(next_on=next_on)
    audit.record(
        "departure.asked", subject=one.worker_id, by=by, at=at, whom=str(whom), found=str(found)
    )
    return kept


def _next(one: AskAfter, whom: str, found: str, on: date) -> date | None:
    """Return when to ask again: not reached, the contact at once; never after "no more".

    Who needs help stays on the list of the day until somebody hears from her or him again.
    """
    if found == Found.NO_MORE:
        return None
    if found == Found.NEEDS_HELP:
        return on
    if found == Found.NOT_REACHED and whom == Whom.PERSON and one.contact:
        return on
    return on + timedelta(days=one.every_days)


def _kind_of(contract: bytes) -> str:
    """Return the MIME type of a contract by its first bytes; "" without one."""
    if not contract:
        return ""
    found = next((kind for head, kind in CONTRACTS.items() if contract.startswith(head)), "")
    if not found or len(contract) > LARGEST:
        raise errors.NotAContract
    return found


def _open_to_labour(worker: Worker, *, by: Officer, at: datetime) -> None:
    """Open a file to the registrars of labour inspection: what happened, no name."""
    for agency in Agency.objects.filter(kind=AgencyKind.LABOUR, is_active=True):
        inspectors = [
            one for one in officers.officers_of(Role.REGISTRAR, agency) if one.pk != by.pk
        ]
        if inspectors:
            access.open_to(
                inspectors, worker.number, purpose=Purpose.REGISTRATION, by=by, at=at,
                field_classes=[FieldClass.OPEN, FieldClass.NARRATIVE],
            )  # fmt: skip

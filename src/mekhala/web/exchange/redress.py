"""API: money owed to a person and what of it came, under a case or under a proceeding."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Router, Schema, Status

from mekhala.pathway.justice import policies as justice
from mekhala.pathway.justice.models import Proceeding
from mekhala.pathway.redress import policies, queries, services
from mekhala.pathway.redress.models import Basis, Currency, Debtor, Owed, Said, Way, What
from mekhala.safeguards.access.errors import NotYourRole
from mekhala.safeguards.access.purposes import Purpose
from mekhala.safeguards.audit import services as audit
from mekhala.web.exchange.encounter import case_for
from mekhala.web.exchange.kinds import Day, Strict
from mekhala.web.officers import officer_of

router = Router(tags=["redress"])


class OwedIn(Strict):
    """A sum, and on what it rests; ``replaces`` is the number of a claim it takes the place of."""

    what: What
    basis: Basis
    said: Said
    debtor: Debtor
    amount: Decimal = Field(gt=0, max_digits=14, decimal_places=2)
    currency: Currency
    said_on: Day
    due_on: Day | None = None
    replaces: str | None = Field(None, max_length=20, pattern=r"^[\w-]+$")


class PaymentIn(Strict):
    """A part, or all, that reached the person on a day."""

    amount: Decimal = Field(gt=0, max_digits=14, decimal_places=2)
    on: Day
    way: Way


class PaymentOut(Schema):
    """A payment; one below zero takes back another that was a mistake."""

    amount: Decimal
    on: date
    way: str


class OwedOut(Schema):
    """A sum as it stands today; amounts in its own currency, never added across."""

    number: str
    what: str
    basis: str
    said: str
    debtor: str
    amount: Decimal
    currency: str
    said_on: date
    due_on: date | None
    ended_because: str
    paid: Decimal
    open: Decimal
    is_overdue: bool
    days_late: int
    paid_in_full_on: date | None
    payments: list[PaymentOut]


@router.get("/cases/{number}/owed", response=list[OwedOut])
def owed_in_case(request: HttpRequest, number: str) -> Any:
    """List the sums of a case, and those justice let be seen from it."""
    return _accounts(_case(request, number))


@router.get("/proceedings/{slug:number}/owed", response=list[OwedOut])
def owed_in_proceeding(request: HttpRequest, number: str) -> Any:
    """List the sums of a proceeding."""
    return _accounts(_proceeding(request, number))


@router.post("/cases/{number}/owed", response={201: OwedOut})
def record_in_case(request: HttpRequest, number: str, given: OwedIn) -> Any:
    """Record money owed under a case."""
    return _record(request, _case(request, number), given)


@router.post("/proceedings/{slug:number}/owed", response={201: OwedOut})
def record_in_proceeding(request: HttpRequest, number: str, given: OwedIn) -> Any:
    """Record money owed under a proceeding."""
    return _record(request, _proceeding(request, number), given)


@router.post("/cases/{number}/owed/{slug:row}/payments", response={201: OwedOut})
def pay_in_case(request: HttpRequest, number: str, row: str, given: PaymentIn) -> Any:
    """Record a payment, also into what justice keeps and lets be seen from the case."""
    return _pay(request, _case(request, number), row, given)


@router.post("/proceedings/{slug:number}/owed/{slug:row}/payments", response={201: OwedOut})
def pay_in_proceeding(request: HttpRequest, number: str, row: str, given: PaymentIn) -> Any:
    """Record a payment of what is owed in a proceeding."""
    return _pay(request, _proceeding(request, number), row, given)


def _case(request: HttpRequest, number: str) -> str:
    """Return the number of a case open to the officer, who helps; the look is noted."""
    found = case_for(request, number)
    if officer_of(request).role not in policies.HELPERS:
        raise NotYourRole
    policies.check_may_keep(officer_of(request), found.number, now=timezone.now())
    return found.number


def _proceeding(request: HttpRequest, number: str) -> str:
    """Return the number of an open proceeding; absent to every role but justice."""
    officer = officer_of(request)
    if not justice.may_file(officer):
        raise Http404
    found = get_object_or_404(Proceeding, number=number)
    audit.record(
        "justice.opened", subject=found.number, by=officer, at=timezone.now(),
        purpose=Purpose.JUSTICE.value, page="redress",
    )  # fmt: skip
    return found.number


def _record(request: HttpRequest, file_number: str, given: OwedIn) -> Any:
    said = given.dict()
    number = said.pop("replaces")
    replaces = get_object_or_404(queries.of_file(Owed, file_number), pk=number) if number else None
    kept = services.record_owed(
        file_number, by=officer_of(request), at=timezone.now(), replaces=replaces, **said
    )
    return Status(201, _told(kept))


def _pay(request: HttpRequest, file_number: str, row: str, given: PaymentIn) -> Any:
    found = get_object_or_404(queries.of_file(Owed, file_number), pk=row)
    services.record_payment(
        found, given.amount, on=given.on, way=given.way, by=officer_of(request), at=timezone.now()
    )
    return Status(201, _told(found))


def _accounts(file_number: str) -> list[dict[str, Any]]:
    return [_out(one) for one in queries.accounts(file_number, today=timezone.localdate())]


def _told(owed: Owed) -> dict[str, Any]:
    return _out(queries.account_of(owed, today=timezone.localdate()))


def _out(account: queries.Account) -> dict[str, Any]:
    of_owed = ("number", "what", "basis", "said", "debtor", "amount", "currency", "said_on",
               "due_on", "ended_because")  # fmt: skip
    of_account = ("paid", "open", "is_overdue", "days_late", "paid_in_full_on")
    return {
        **{name: getattr(account.owed, name) for name in of_owed},
        **{name: getattr(account, name) for name in of_account},
        "payments": list(account.owed.payments.all()),
    }

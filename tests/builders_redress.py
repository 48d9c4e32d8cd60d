"""Invented money owed, measures and counsel. Nobody here is real."""

from datetime import date
from decimal import Decimal

from mekhala.pathway.redress import services
from mekhala.safeguards.access.purposes import Purpose, Role
from mekhala.safeguards.agencies.models import AgencyKind
from tests.builders import agency, case, officer, open_to
from tests.builders_justice import AT

SAID_ON, DUE_ON = date(2024, 3, 1), date(2024, 4, 1)
WAGES = {
    "what": "wages", "basis": "agreed", "said": "employer", "debtor": "employer",
    "amount": Decimal(900), "currency": "USD", "said_on": SAID_ON, "due_on": DUE_ON,
}  # fmt: skip
ORDER = WAGES | {"what": "compensation", "basis": "ordered", "said": "court", "debtor": "accused"}


def helped():
    """Return an invented case and the social worker it is open to."""
    worker = officer(Role.REGISTRAR, at=agency(AgencyKind.SOCIAL_AFFAIRS))
    opened = case(worker)
    open_to(worker, opened.number, Purpose.REGISTRATION)
    return opened, worker


def owed(by, number, **more):
    """Return money owed under a file open to ``by``; run as that officer."""
    return services.record_owed(number, by=by, at=AT, **(WAGES | more))


def paid(sum_owed, by, amount, on=DUE_ON):
    """Return a payment in cash."""
    return services.record_payment(sum_owed, Decimal(amount), on=on, way="cash", by=by, at=AT)


def all_of_redress(opened, worker, in_proceeding, court):
    """Leave every kind of row under a case and under a proceeding; return their numbers."""
    from mekhala.safeguards.access.acting import become
    from tests.builders_reading_quota import as_owner

    rows = {}
    for by, number in ((worker, opened.number), (court, in_proceeding)):
        become(by.pk)
        told = {"by": by, "at": AT}
        wages = owed(by, number)
        paid(wages, by, 1)
        asked = services.ask_measure(
            number, kind="screen", asked_by="counsel", asked_on=SAID_ON, **told
        )
        aid = services.ask_legal_aid(number, asked_on=SAID_ON, **told)
        services.tell_right(
            number, right="legal_aid", told_on=SAID_ON, language="km", understood=None, **told
        )
        rows[number] = {"owed": wages.pk, "measure": asked.pk, "aid": aid.pk}
    plan = services.plan_witness(
        in_proceeding, heard="video", language="km", interpreter=None, agreed_on=SAID_ON, **told
    )
    as_owner(
        "insert into redress_link (number, case_id) values"
        f" ('{rows[in_proceeding]['owed']}', '{opened.number}')"
    )
    return {
        "row": rows[opened.number]["owed"], "row_of_proceeding": rows[in_proceeding]["owed"],
        "plan": plan.pk, "what": "money", "act": "payment",
    }  # fmt: skip

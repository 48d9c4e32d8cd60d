"""A deceived woman's case to compensation: at the doors of the people who carry it.

Everybody here is invented. The social worker records the claim and asks for a screen; the court
orders compensation and lets her supporters see it; it is paid in parts, late, to the last day.
"""

from datetime import date, timedelta

import pytest

from mekhala.pathway.justice import services as justice
from mekhala.pathway.redress import queries
from mekhala.pathway.redress.models import LegalAid, Measure, Owed
from mekhala.safeguards.access.acting import become
from mekhala.safeguards.consent.models import Answer
from tests.builders_file import OF_A_PAGE
from tests.builders_justice import AT, answer_about, court_officer
from tests.builders_redress import helped
from tests.days import today

MONEY = {
    "what": "wages", "basis": "claimed", "said": "court", "debtor": "employer", "amount": "1200",
    "currency": "USD", "said_on": "2024-02-01",
}  # fmt: skip


@pytest.fixture
def people(db, client):
    """Return her case, who supports her, the court, and a proceeding linked with her yes."""
    case, worker = helped()
    court = court_officer()
    become(worker.pk)
    answer_about(case, worker, Answer.GIVEN, to=court)
    become(court.pk)
    held = justice.file_complaint(by=court, at=AT, complaint_on=date(2024, 2, 5), case=case.number)
    return case, worker, court, held


def _says(client, address, *words):
    body = client.get(address).content.decode()
    assert all(word in body for word in words), (words, body[body.find("<main") :][:3000])


def test_a_deceived_woman_is_paid_to_the_last_day(people, client, django_assert_max_num_queries):
    case, worker, court, held = people
    hers, theirs = f"/cases/{case.number}/redress/", f"/proceedings/{held.number}/redress/"
    client.force_login(worker)
    _says(client, hers, "No money is recorded as owed", "not told yet")
    assert client.post(f"{hers}add/money/", MONEY).status_code == 302
    right = {"right": "compensation", "told_on": "2024-02-01", "language": "km",
             "understood": "yes"}  # fmt: skip
    assert client.post(f"{hers}add/right/", right).status_code == 302
    assert client.post(f"{hers}add/lawyer/", {"asked_on": "2024-02-01"}).status_code == 302
    become(worker.pk)
    aid = LegalAid.objects.get()
    lawyer = {"fee": "free", "on": "2024-02-03", "bar_number": "B-17"}
    assert client.post(f"{hers}{aid.pk}/assign/", lawyer).status_code == 302

    client.force_login(court)
    asked = {"kind": "screen", "asked_by": "counsel", "asked_on": "2024-03-01"}
    assert client.post(f"{theirs}add/measure/", asked).status_code == 302
    due = today() - timedelta(days=10)
    order = MONEY | {"what": "compensation", "basis": "ordered", "debtor": "accused",
                     "amount": "900", "due_on": str(due)}  # fmt: skip
    assert client.post(f"{theirs}add/money/", order).status_code == 302
    become(court.pk)
    ordered, screen = Owed.objects.get(), Measure.objects.get()
    answer = {"granted": "yes", "answered_by": "court", "on": "2024-03-05"}
    assert client.post(f"{theirs}{screen.pk}/answer/", answer).status_code == 302
    for row in (ordered, screen):
        assert client.post(f"{theirs}{row.pk}/show/", {}).status_code == 302
    _says(client, theirs, "10 days late", "Granted")

    client.force_login(worker)
    with django_assert_max_num_queries(OF_A_PAGE + 6):
        client.get(hers)
    _says(
        client, hers, "900.00 USD", "1,200.00 USD", "10 days late", "Granted", "lawyer assigned on"
    )
    part = {"amount": "400", "on": str(due), "way": "court"}
    assert client.post(f"{hers}{ordered.pk}/payment/", part).status_code == 302
    more = part | {"amount": "600"}
    assert (
        "more than is still owed"
        in client.post(f"{hers}{ordered.pk}/payment/", more).content.decode()
    )
    rest = part | {"amount": "500", "on": str(today())}
    assert client.post(f"{hers}{ordered.pk}/payment/", rest).status_code == 302
    _says(client, hers, "Paid in full")
    become(worker.pk)
    paid = {a.owed.pk: a for a in queries.accounts(case.number, today=today())}[ordered.pk]
    assert paid.paid_in_full_on == today()
    client.force_login(court)
    body = client.get(theirs).content.decode()
    assert "Wages" not in body[body.find("<main") : body.find('id="measures"')]


def test_the_plan_for_being_heard_is_on_the_page_of_the_proceeding_alone(people, client):
    case, worker, court, held = people
    theirs = f"/proceedings/{held.number}/redress/"
    client.force_login(court)
    plan = {"heard": "video", "language": "km", "interpreter": "no", "agreed_on": "2024-03-01"}
    assert client.post(f"{theirs}add/plan/", plan).status_code == 302
    _says(client, theirs, "By video")
    client.force_login(worker)
    assert "By video" not in client.get(f"/cases/{case.number}/redress/").content.decode()
    assert client.get(f"/cases/{case.number}/redress/add/plan/").status_code == 404

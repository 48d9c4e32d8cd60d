"""The pages and the API of closing, erasing sooner, and what administrators see."""

import pytest
from django.test import Client
from django.utils import timezone

from mekhala.pathway.encounter.models import Case
from mekhala.safeguards.access.acting import become
from mekhala.safeguards.access.purposes import Purpose, Role
from tests.builders import case, officer, open_to
from tests.builders_foureyes import WHY
from tests.builders_help import registrar_with_case
from tests.builders_retention import closed
from tests.sessions import sign_in


@pytest.fixture
def led(db):
    """Return a registrar signed in, and a case open to her."""
    registrar, made = registrar_with_case()
    return sign_in(Client(), registrar), registrar, made


def stands(registrar, made):
    become(registrar.pk)
    return Case.objects.get(number=made.number)


def test_the_overview_leads_to_closing_and_the_list_shows_what_is_closed(led):
    client, registrar, made = led
    address = f"/cases/{made.number}/close/"
    assert address in client.get(f"/cases/{made.number}/").content.decode()
    answer = client.post(address, {"because": "help_complete"})
    assert answer.status_code == 302
    assert stands(registrar, made).closed_because == "help_complete"
    assert made.number in client.get("/cases/?show=closed").content.decode()
    assert "Open the case again" in client.get(f"/cases/{made.number}/").content.decode()
    client.post(address)
    assert stands(registrar, made).closed_at is None
    assert made.number not in client.get("/cases/?show=closed").content.decode()


def test_without_a_reason_nothing_is_closed(led):
    client, registrar, made = led
    told = client.post(f"/cases/{made.number}/close/", {}).content.decode()
    assert "Choose why the case is closed." in told
    assert stands(registrar, made).closed_at is None


def test_the_api_closes_and_opens_again(led):
    _client, registrar, made = led
    from tests.builders_agreements import new_token

    become(registrar.pk)
    bearer = {"Authorization": f"Bearer {new_token(registrar, 'x', at=timezone.now())}"}
    api = Client(headers=bearer)
    answer = api.post(f"/api/v1/cases/{made.number}/close", {"because": "died"},
                      content_type="application/json")  # fmt: skip
    assert answer.json()["closed_because"] == "died"
    again = api.post(f"/api/v1/cases/{made.number}/close", {"because": "died"},
                     content_type="application/json")  # fmt: skip
    assert again.status_code == 409
    assert api.post(f"/api/v1/cases/{made.number}/reopen").json()["closed_at"] is None


def test_erasing_sooner_is_refused_in_words_while_the_case_is_open_and_asked_once_closed(led):
    client, registrar, made = led
    page = f"/cases/{made.number}/erase/"
    client.get(page)
    assert "Close it first" in client.post(page, {"because": WHY}).content.decode()
    closed(stands(registrar, made), registrar, at=timezone.now())
    answer = client.post(page, {"because": WHY})
    assert answer.status_code == 302
    told = client.get(answer.headers["Location"]).content.decode()
    assert "is erased for good" in told


def test_administrators_see_what_is_due_and_what_was_erased_and_no_one_else(db):
    from mekhala.safeguards.retention import services

    by = officer()
    gone, coming = case(by), case(by)
    closed(gone, by, at=timezone.now(), days_ago=32)
    closed(coming, by, at=timezone.now(), days_ago=5)
    client = sign_in(Client(), officer(Role.ADMINISTRATOR))
    told = client.get("/office/retention/").content.decode()
    assert "Overdue: 1 erasure" in told
    become(None)
    services.erase_due(at=timezone.now())
    told = client.get("/office/retention/").content.decode()
    assert "Overdue: 0 erasures" in told
    assert gone.number in told.split("Erased, the newest first")[1]
    assert coming.number in told.split("Due within a month")[1].split("<h2")[0]
    stranger = officer(Role.REGISTRAR)
    open_to(stranger, coming.number, Purpose.REGISTRATION)
    assert sign_in(Client(), stranger).get("/office/retention/").status_code == 404


@pytest.mark.parametrize(("language", "told"), [("en", "15 years"), ("km", "15 ឆ្នាំ")])
def test_a_period_is_told_in_the_words_of_the_page_and_in_years(led, language, told):
    client, _registrar, made = led
    client.cookies["django_language"] = language
    page = client.get(f"/cases/{made.number}/close/").content.decode()
    assert told in page
    assert "5479" not in page
    assert ("Name and papers" in page) == (language == "en")

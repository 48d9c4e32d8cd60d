"""Pages of the registers of institutions, at the front door."""

from datetime import timedelta

import pytest

from mekhala.population.institutions.models import CooperationRequest, Mandate, Project, Taught
from mekhala.safeguards.access.purposes import Role
from tests.builders import officer
from tests.days import day, today

STATUS = {"since": day(), "said_by": "A ministry", "source": "A letter", "reason": "Asked"}


@pytest.fixture
def committee(acting, client):
    """Return an officer of the national committee, acting and signed in."""
    who = officer(Role.STATISTICIAN)
    acting(who)
    client.force_login(who)
    return who


def test_a_mandate_is_written_down_changed_and_read_with_its_history(
    committee, client, django_assert_max_num_queries
):
    told = {"body": "A ministry (invented)", "duty": "License agencies", "source": "A decree",
            "since": (today() - timedelta(days=9)).isoformat()}  # fmt: skip
    assert "No mandate is written down" in client.get("/institutions/").content.decode()
    assert client.post("/institutions/mandates/new/", told).status_code == 302
    assert "No office is named" in client.get("/institutions/").content.decode()
    page = f"/institutions/mandates/{Mandate.objects.get().pk}/"
    change = {"duty": "License agencies", "office": "Office seven", "source": "A letter",
              "since": day()}  # fmt: skip
    assert "Write it here" in client.post(page, change).content.decode()
    assert client.post(page, change | {"reason": "It was named"}).status_code == 302
    with django_assert_max_num_queries(14):
        shown = client.get(page).content.decode()
    assert "Office seven" in shown
    assert "A decree" in shown
    assert "It was named" in shown


def test_a_project_is_announced_then_funded_and_each_status_is_counted_by_itself(
    committee, client, django_assert_max_num_queries
):
    told = STATUS | {"title": "A house", "run_by": "A ministry", "status": "announced",
                     "budget": "5000", "currency": "USD"}  # fmt: skip
    assert "No project is entered yet" in client.get("/institutions/projects/").content.decode()
    assert client.post("/institutions/projects/new/", told).status_code == 302
    page = f"/institutions/projects/{Project.objects.get().pk}/"
    assert 'value="announced"' not in client.get(page).content.decode()
    again = client.post(page, STATUS | {"status": "announced"})
    assert "govuk-error-summary" in again.content.decode()
    assert Project.objects.get().statuses.count() == 1
    assert client.post(page, STATUS | {"status": "funded"}).status_code == 302
    with django_assert_max_num_queries(12):
        shown = client.get("/institutions/projects/").content.decode()
    assert "5\u202f000 USD" in shown
    assert "<strong>Funded</strong>" in shown


def test_a_project_is_corrected_and_its_page_tells_what_stood_before_and_why(
    committee, client, django_assert_max_num_queries
):
    told = STATUS | {"title": "A hose", "run_by": "A ministry", "status": "announced"}
    assert client.post("/institutions/projects/new/", told).status_code == 302
    page = f"/institutions/projects/{Project.objects.get().pk}/"
    given = {"title": "A house", "budget": "7000", "currency": "USD", "source": "A letter"}
    assert 'value="A hose"' in client.get(page + "correct/").content.decode()
    assert "Write it here" in client.post(page + "correct/", given).content.decode()
    assert client.post(page + "correct/", given | {"reason": "Mistyped"}).status_code == 302
    with django_assert_max_num_queries(14):
        shown = client.get(page).content.decode()
    assert "Mistyped" in shown
    assert "A hose" in shown
    assert "7\u202f000 USD" in client.get("/institutions/projects/").content.decode()
    client.force_login(officer(Role.REGISTRAR))
    assert client.get(page + "correct/").status_code == 404


def test_a_request_is_logged_shown_overdue_and_answered_by_those_who_ask(committee, client):
    sent = {"reference": "MLA-7", "kind": "legal_assistance", "country": "THA",
            "asked_by": "A court", "sent_on": (today() - timedelta(days=40)).isoformat(),
            "due_on": (today() - timedelta(days=3)).isoformat()}  # fmt: skip
    assert client.get("/institutions/requests/new/").status_code == 404
    client.force_login(officer(Role.JUSTICE))
    assert client.post("/institutions/requests/new/", sent).status_code == 302
    page = f"/institutions/requests/{CooperationRequest.objects.get().pk}/"
    listed = client.get("/institutions/requests/").content.decode()
    assert "Overdue" in listed
    assert "No answer for 40 days" in listed
    assert client.post(page, {"outcome": "carried_out", "on": day()}).status_code == 302
    shown = client.get(page).content.decode()
    assert "after 40 days" in shown
    assert "Overdue" not in shown
    client.force_login(officer(Role.PROVIDER))
    assert client.get("/institutions/requests/").status_code == 404


def test_what_nobody_counted_is_told_as_not_known(committee, client):
    told = {"activity": "peers", "place_code": "12", "year": "2025", "half": "1",
            "held_by": "A school", "source": "A report", "sessions": "0", "tested_after": "30",
            "knew_after": "21"}  # fmt: skip
    assert client.post("/institutions/teaching/new/", told).status_code == 302
    shown = client.get("/institutions/teaching/").content.decode()
    assert "Sessions: 0." in shown
    assert "People taught: Not known." in shown
    assert "After: 21 of 30 knew." in shown
    page = f"/institutions/teaching/{Taught.objects.get().pk}/"
    counts = {"sessions": "4", "source": "A report", "reason": "Miscounted"}
    assert client.post(page, counts).status_code == 302
    assert "Miscounted" in client.get(page).content.decode()

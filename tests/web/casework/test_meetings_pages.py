"""Meetings that wait for a screening on the pages, and through the API."""

import pytest
from django.urls import reverse
from django.utils import timezone

from mekhala.pathway.encounter.models import Encounter
from mekhala.safeguards.access.purposes import Role
from tests.builders import officer
from tests.builders_agreements import new_token
from tests.builders_casework import met


@pytest.fixture
def by(db, acting):
    return officer()


def test_a_meeting_stands_on_the_list_of_the_day_until_it_is_said_why(
    client, by, django_assert_max_num_queries
):
    case = met(by)
    client.force_login(by)
    assert case.number in client.get(reverse("today")).text
    with django_assert_max_num_queries(16):
        listed = client.get(reverse("screening:meetings")).text
    assert case.number in listed
    page = reverse("screening:why", args=[case.number])
    assert "Choose the reason." in client.post(page, {"because": ""}).text
    meeting = Encounter.objects.get(case=case).pk
    done = client.post(page, {"meeting": meeting, "because": "not_safe"}, follow=True)
    assert "It was recorded why there was no screening." in done.text
    assert case.number not in client.get(reverse("screening:meetings")).text
    assert "Said why a meeting led to no screening" in client.get(
        reverse("cases:history", args=[case.number])
    ).text  # fmt: skip
    assert "No meeting of your agency waits here" in client.get(page).text


def test_a_meeting_of_another_case_is_no_choice(client, by):
    case, other = met(by), met(by)
    client.force_login(by)
    meeting = Encounter.objects.get(case=other).pk
    client.post(
        reverse("screening:why", args=[case.number]), {"meeting": meeting, "because": "not_safe"}
    )
    assert not Encounter.objects.exclude(not_screened_because="").exists()


def test_statisticians_read_counts_and_no_case(client, by):
    case = met(by)
    client.force_login(officer(Role.STATISTICIAN))
    page = client.get(reverse("screening:meetings")).text
    assert "Meetings of all agencies." in page
    assert case.number not in page


def test_a_program_asks_what_waits_and_says_why(client, by, acting):
    case = met(by)
    auth = {"Authorization": f"Bearer {new_token(by, 'test', at=timezone.now())}"}
    (found,) = client.get("/api/v1/meetings-to-screen", headers=auth).json()
    assert found["case"] == case.number
    told = {"meeting": found["meeting"], "because": "person_left"}
    address = f"/api/v1/cases/{case.number}/not-screened"
    sent = client.post(address, told, content_type="application/json", headers=auth)
    assert (sent.status_code, sent.json()["because"]) == (201, "person_left")
    assert client.get("/api/v1/meetings-to-screen", headers=auth).json() == []
    sent = client.post(address, told, content_type="application/json", headers=auth)
    assert sent.status_code == 409

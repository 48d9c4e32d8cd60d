"""Training, practice and use on the pages, as a file, through the API and at the phones' door."""

import base64
import csv
import io

import pytest
from defusedxml import ElementTree
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mekhala.forms.models import Practised, Submission, Training
from mekhala.safeguards.access import devices
from mekhala.safeguards.access.purposes import Role
from mekhala.web import collect
from tests.builders import NOW, officer
from tests.builders_agreements import new_token
from tests.builders_intake import FORM, sent, talk, talk_version
from tests.builders_sealed import browser, post, sealed
from tests.builders_training import practised, version_of


@pytest.fixture
def by(db, acting):
    talk_version()
    return officer()


@pytest.fixture
def trainer(by):
    return officer(Role.ADMINISTRATOR, at=by.agency)


def _page(name, **more):
    return reverse(f"forms:{name}", kwargs=more)


def test_practice_is_marked_on_each_page_and_is_not_among_what_was_received(client, by, trainer):
    kept = practised(by)
    for who in (by, trainer):
        client.force_login(who)
        assert "PRACTICE" in client.get(_page("practice")).text
        words = client.get(_page("submission", pk=kept.pk)).text
        assert "PRACTICE" in words
        assert "Little was said" in words
        assert "Open a case" not in words
    client.force_login(by)
    assert "Nothing has been received yet" in client.get(_page("submissions")).text
    for other in (officer(at=by.agency), officer(Role.ADMINISTRATOR)):
        client.force_login(other)
        assert client.get(_page("submission", pk=kept.pk)).status_code == 404


def test_a_case_is_not_opened_from_practice_through_the_api(client, by, acting):
    kept = practised(by)
    token = new_token(by, "test", at=timezone.now())
    auth = {"Authorization": f"Bearer {token}"}
    assert client.get(f"/api/v1/submissions/{kept.instance_id}", headers=auth).status_code == 404
    told = {"met_at": "2026-03-09T09:30:00+07:00", "place_code": "1202", "urgent_needs": [],
            "consents_to_go_on": True, "was_alone": True, "submission": kept.pk}  # fmt: skip
    answer = client.post("/api/v1/cases", told, content_type="application/json", headers=auth)
    assert answer.status_code in (409, 422)
    assert "practice" in answer.text


def test_a_training_is_recorded_on_the_page_and_seen_beside_the_form(client, by, trainer):
    client.force_login(trainer)
    assert "no training recorded" in client.get(_page("versions", form_id="talk")).text
    told = {"officer": by.pk, "version": version_of("talk").pk, "held_on": "2026-03-02"}
    assert client.post(_page("record-training"), told).status_code == 302
    assert Training.objects.get().recorded_by == trainer
    assert "no training recorded" not in client.get(_page("versions", form_id="talk")).text
    assert "2 March 2026" in client.get(_page("training")).text
    talk_version("2", text=FORM, by=officer(Role.AUTHORITY))
    words = client.get(_page("versions", form_id="talk")).text
    assert "in an older version" in words
    assert "They may use the form all the same" in words
    client.force_login(officer(Role.ADMINISTRATOR))
    assert "An older version" in client.get(reverse("office:officer", args=[by.pk])).text


def test_whoever_is_not_trained_sends_all_the_same(by):
    assert sent(by, talk()).state == "received"


def test_a_training_of_another_agencys_officer_or_of_tomorrow_is_refused(client, by, trainer):
    version = version_of("talk")
    client.force_login(trainer)
    for who, day in ((officer(), "2026-03-02"), (by, "2999-01-01")):
        told = {"officer": who.pk, "version": version.pk, "held_on": day}
        assert client.post(_page("record-training"), told).status_code == 422
    assert not Training.objects.exists()


def test_pages_of_training_and_use_ask_few_questions(
    client, by, trainer, django_assert_max_num_queries
):
    for n in range(12):
        sent(by, talk(f"uuid:{n}"))
    client.force_login(trainer)
    month = f"{NOW:%Y-%m}"
    account = reverse("office:officer", args=[by.pk])
    told = ("training", {}), ("practice", {}), ("use-month", {"period": month})
    told += ("record-training", {}), ("versions", {"form_id": "talk"})
    for address in (*(_page(name, **parts) for name, parts in told), account):
        with django_assert_max_num_queries(13):  # of a form: who uses it
            assert client.get(address).status_code == 200


def test_use_is_told_on_a_page_and_through_the_api_with_the_same_left_out(client, by, trainer):
    for n in range(12):
        sent(by, talk(f"uuid:{n}"))
    practised(by, talk("uuid:p"))
    client.force_login(trainer)
    month = f"{NOW:%Y-%m}"
    page = client.get(_page("use-month", period=month)).text
    assert "nobody is scored or ranked" in page
    assert "not told of one officer" in page
    token = new_token(trainer, "test", at=timezone.now())
    answer = client.get(
        f"/api/v1/use-of-forms/{month}", headers={"Authorization": f"Bearer {token}"}
    )
    assert [(row["officer"], row["sent"], row["refer"]) for row in answer.json()] == [
        ("", 12, None), (by.shown_as, 12, None),
    ]  # fmt: skip
    client.force_login(by)
    assert client.get(_page("use")).status_code == 404


def test_use_is_taken_along_as_a_file(client, by, trainer):
    sent(by, talk())
    client.force_login(trainer)
    answer = client.get(_page("use-csv", period=f"{NOW:%Y-%m}"))
    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert [row["sent"] for row in rows] == ["1", "1"]
    assert {row["refer"] for row in rows} == {""}


@pytest.fixture
def phone(by, acting):
    acting(by)
    device, password = devices.issue(by, "a phone", at=NOW)
    acting(None)
    key = base64.b64encode(f"{device.username}:{password}".encode()).decode()
    return Client(headers={"Authorization": f"Basic {key}", "X-OpenRosa-Version": "1.0"})


def test_a_phones_practice_project_has_twins_only_and_what_it_sends_is_practice(phone, by, acting):
    listed = ElementTree.fromstring(phone.get("/f/practice/formList").content)
    said = {each.tag.split("}")[1]: each.text for each in listed[0]}
    assert (len(listed), said["formID"]) == (1, "practice-talk")
    assert said["name"].startswith("PRACTICE")
    assert b'id="practice-talk"' in phone.get(said["downloadUrl"]).content
    plain = ElementTree.fromstring(phone.get("/f/formList").content)
    assert [each.findtext("{*}formID") for each in plain] == ["talk"]
    twin = talk("uuid:a").replace(b'id="talk"', b'id="practice-talk"')
    ways = (("/f/submission", twin), ("/f/practice/submission", talk("uuid:b")))
    for path, xml in ways:
        part = {"xml_submission_file": SimpleUploadedFile("s.xml", xml, "text/xml")}
        assert phone.post(path, part).status_code == 201
    acting(by)
    assert {one.is_practice for one in Submission.objects.all()} == {True}
    assert Practised.objects.get(officer=by).finished == 2


def test_what_a_browser_sealed_for_practice_opens_as_practice(by, acting):
    acting(by)
    client = browser(by)
    acting(None)
    twin = talk("uuid:s").replace(b'id="talk"', b'id="practice-talk"')
    assert post(client, *sealed(twin)).status_code == 201
    acting(by)
    assert Submission.objects.get().is_practice is True


def test_a_phone_scans_a_second_code_for_practice(by):
    device, password = devices.issue(by, "a phone", at=NOW)
    plain = collect.settings_of(device, password, server="https://x.example/f")
    learnt = collect.practice_settings_of(device, password, server="https://x.example/f")
    assert learnt["general"]["server_url"] == "https://x.example/f/practice"
    assert learnt["project"]["name"] == "Practice"
    assert learnt["project"]["color"] != plain["project"]["color"]
    assert learnt["general"] | {"server_url": ""} == plain["general"] | {"server_url": ""}

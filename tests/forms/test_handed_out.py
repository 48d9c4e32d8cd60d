"""A form is for all agencies or for those named; what others filled is kept, and they are told."""

import base64

import pytest
from defusedxml import ElementTree
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client

from mekhala.forms import queries, services, training
from mekhala.forms.errors import NoAgencyNamed
from mekhala.forms.models import FormUse, Submission
from mekhala.forms.use import agencies_of, is_used_by
from mekhala.safeguards.access import devices
from mekhala.safeguards.access.acting import acting_for
from mekhala.safeguards.access.errors import NotYourRole
from mekhala.safeguards.access.purposes import Role
from tests.builders import NOW, officer
from tests.builders_forms import filled, form_version
from tests.log import Entry


@pytest.fixture
def author(db):
    return officer(Role.ADMINISTRATOR)


@pytest.fixture
def version(author):
    return form_version(by=author)


@pytest.fixture
def inside(db):
    return officer()


@pytest.fixture
def outside(db):
    return officer()


@pytest.fixture
def restricted(version, author, inside, acting):
    acting(author)
    services.hand_out_to(version.form, [inside.agency], by=author, at=NOW)
    acting(None)
    version.form.refresh_from_db()
    return version


def phone(owner):
    with acting_for(owner.pk):
        device, password = devices.issue(owner, "a phone", at=NOW)
    key = base64.b64encode(f"{device.username}:{password}".encode()).decode()
    return Client(headers={"Authorization": f"Basic {key}", "X-OpenRosa-Version": "1.0"})


def listed(answer):
    return [entry.findtext("{*}formID") for entry in ElementTree.fromstring(answer.content)]


def test_the_phone_of_another_agency_is_offered_nothing_of_it(restricted, inside, outside):
    mine, other = phone(inside), phone(outside)
    for door in ("/f/formList", "/f/practice/formList"):
        assert len(listed(mine.get(door))) == 1
        assert listed(other.get(door)) == []
    for path in (f"/f/forms/{restricted.pk}.xml", f"/f/forms/{restricted.pk}/manifest",
                 f"/f/practice/forms/{restricted.pk}.xml"):  # fmt: skip
        assert (mine.get(path).status_code, other.get(path).status_code) == (200, 404)
    assert other.get("/f/contact").json()["forms"] == []


def test_what_is_filled_all_the_same_is_kept_and_told(restricted, outside):
    sender = phone(outside)
    parts = {"xml_submission_file": SimpleUploadedFile("s.xml", filled(), "text/xml")}
    answer = sender.post("/f/submission", parts)
    assert (answer.status_code, "does not use this form" in answer.text) == (201, True)
    with acting_for(outside.pk):
        kept = Submission.objects.get()
        assert kept.xml == filled().decode()
        assert Entry.objects.filter(details__not_handed_out_there=True).count() == 1


def test_a_form_for_named_agencies_is_for_all_again_and_nothing_of_it_is_forgotten(
    restricted, author, outside, acting
):
    acting(author)
    services.hand_out_to_all(restricted.form, by=author, at=NOW)
    restricted.form.refresh_from_db()
    assert is_used_by(restricted.form, outside)
    assert agencies_of(restricted.form) == []
    assert FormUse.objects.exclude(ended_at=None).count() == 1
    services.hand_out_to(restricted.form, [outside.agency], by=author, at=NOW)
    assert agencies_of(restricted.form) == [outside.agency]


def test_a_new_version_stays_with_the_agencies_of_its_form(restricted, author, inside, outside):
    form_version("2", by=author)
    with acting_for(inside.pk):
        assert queries.versions_for(inside).count() == 2
        assert [v.version for v in queries.versions_seen_by(inside)] == ["2"]
        assert len(training.own_standing(inside)) == 1
    with acting_for(outside.pk):
        assert not queries.versions_for(outside)
        assert not queries.versions_seen_by(outside)
        assert training.own_standing(outside) == []


def test_only_who_adds_forms_says_so_and_names_somebody(version, author, inside):
    with pytest.raises(NotYourRole):
        services.hand_out_to(version.form, [inside.agency], by=inside, at=NOW)
    with pytest.raises(NoAgencyNamed):
        services.hand_out_to(version.form, [], by=author, at=NOW)


def test_an_agency_learns_of_itself_only_and_what_ended_is_never_rewritten(
    restricted, author, inside, outside, acting
):
    acting(author)
    services.hand_out_to(restricted.form, [inside.agency, outside.agency], by=author, at=NOW)
    acting(outside)
    assert [use.agency_id for use in FormUse.objects.all()] == [outside.agency_id]
    acting(author)
    services.hand_out_to_all(restricted.form, by=author, at=NOW)
    with pytest.raises(DatabaseError), transaction.atomic():
        FormUse.objects.update(ended_at=None)
    with pytest.raises(DatabaseError), transaction.atomic():
        FormUse.objects.all().delete()


def test_the_administrator_names_agencies_on_a_page(version, author, inside, client):
    client.force_login(author)
    page = f"/forms/{version.form.form_id}/agencies/"
    assert client.get(page).status_code == 200
    nobody = client.post(page, {"to": "named"})
    assert (nobody.status_code, "Name at least one agency" in nobody.text) == (422, True)
    client.post(page, {"to": "named", "agencies": [inside.agency_id]})
    shown = client.get(f"/forms/{version.form.form_id}/").text
    assert f"Used by: {inside.agency}" in " ".join(shown.split())
    client.force_login(inside)
    assert client.get(page).status_code == 404


def test_who_does_not_use_it_is_not_asked_to_fill_it(restricted, outside, client):
    client.force_login(outside)
    assert client.get("/forms/invented/fill/").status_code == 404
    assert "Invented form" not in client.get("/forms/").text

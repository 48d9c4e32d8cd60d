"""A phone is given out by its officer, shown once, and ended by its officer or an administrator."""

import base64
import json
import zlib
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from mekhala.safeguards.access import accounts, devices
from mekhala.safeguards.access.errors import EnoughDevices
from mekhala.safeguards.access.models import Device
from mekhala.safeguards.access.purposes import Role
from mekhala.web import collect
from tests.builders import NOW, officer
from tests.log import Entry
from tests.sessions import sign_in

NEW = "/account/phones/new/"
ASKED = {"label": "Tablet 3", "kind": "collect", "language": "km"}


def _ask(client, device, password):
    said = base64.b64encode(f"{device.username}:{password}".encode()).decode()
    return client.get("/f/formList", headers={"Authorization": f"Basic {said}"})


def test_what_the_page_shows_signs_a_phone_in(db, client):
    who = officer()
    sign_in(client, who)
    page = client.post(NEW, ASKED)
    device = Device.objects.get()
    assert (device.officer, device.label, device.language) == (who, "Tablet 3", "km")
    password = page.context["password"]
    assert password in page.text
    assert "data:image/svg+xml" in page.text
    assert _ask(Client(), device, password).status_code == 200
    assert password not in client.get("/account/keys/").text


def test_a_browser_is_shown_a_code_and_no_password(db, client):
    who = officer()
    sign_in(client, who)
    page = client.post(NEW, ASKED | {"kind": "browser"})
    code = page.context["code"]
    assert code in page.text
    assert "password" not in page.context
    assert Device.objects.get().code
    assert "Waits for its code" in client.get("/account/keys/").text
    found = devices.enrol(code, at=timezone.now())
    assert found
    assert _ask(Client(), *found).status_code == 200


def test_what_collect_scans_opens_to_the_settings(db):
    device, password = devices.issue(officer(), "x", at=NOW, language="km")
    said = collect.settings_of(device, password, server="https://forms.example/f")
    read = json.loads(zlib.decompress(base64.b64decode(collect.scanned(said))))
    assert read == said
    assert read["general"]["server_url"] == "https://forms.example/f"
    assert (read["general"]["username"], read["general"]["password"]) == (
        device.username, password,
    )  # fmt: skip
    assert read["general"]["delete_send"] is True
    assert "ekhala" not in json.dumps(read)


def test_the_password_is_160_bits_and_lies_nowhere_in_clear(db):
    device, password = devices.issue(officer(), "x", at=NOW)
    assert len(base64.b32decode(password.upper())) * 8 == 160
    kept = Device.objects.values().get()
    assert password not in str(kept)
    assert kept["password"].startswith("hmac-sha256$")
    entry = Entry.objects.get(act="access.device_added")
    assert password not in str(entry.__dict__)
    assert entry.details == {"device": device.pk}


@pytest.mark.parametrize("language", [{}, {"language": "xx"}])
def test_a_phone_without_a_language_is_refused_in_words(db, client, language):
    sign_in(client, officer())
    page = client.post(NEW, {"label": "x", "kind": "collect"} | language)
    assert not Device.objects.exists()
    assert "error" in page.text


def test_a_sixth_phone_is_refused_until_one_is_ended(db):
    who = officer()
    phones = [devices.issue(who, "x", at=NOW)[0] for _ in range(devices.MOST)]
    with pytest.raises(EnoughDevices):
        devices.issue(who, "x", at=NOW)
    accounts.end_device(phones[0], by=who, at=NOW)
    assert devices.issue(who, "x", at=NOW)[0].is_live


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.JUSTICE, Role.STATISTICIAN])
def test_who_meets_nobody_is_given_no_phone(db, client, role):
    sign_in(client, officer(role))
    assert client.get(NEW).status_code == 404
    assert client.post(NEW, ASKED).status_code == 404
    assert not Device.objects.exists()


def test_an_old_sign_in_is_asked_for_again_first(db, client):
    sign_in(client, officer(), minutes_ago=60)
    assert client.post(NEW, ASKED).status_code == 302
    assert not Device.objects.exists()


@pytest.mark.parametrize("is_own", [True, False])
def test_a_phone_that_was_ended_is_told_what_an_unknown_one_is_told(db, client, is_own):
    who = officer()
    device, password = devices.issue(who, "x", at=NOW)
    by = who if is_own else officer(Role.ADMINISTRATOR)
    address = "/account/keys/" if is_own else f"/office/officers/{who.pk}/keys/"
    phone = Client(REMOTE_ADDR="10.0.0.1")
    assert _ask(phone, device, password).status_code == 200
    sign_in(client, by).post(address, {"kind": "device", "key": device.pk})
    ended = _ask(phone, device, password)
    unknown = _ask(phone, device, "a guess")
    assert ended.status_code == unknown.status_code == 401
    assert ended.content == unknown.content
    assert dict(ended.headers) == dict(unknown.headers)


def test_a_phone_that_was_ended_shuts_out_nobody_else_at_its_post(db):
    who = officer()
    (ended, old), (other, password) = (devices.issue(who, "x", at=NOW) for _ in range(2))
    accounts.end_device(ended, by=who, at=NOW)
    for _ in range(20):  # it goes on sending by itself
        assert _ask(Client(), ended, old).status_code in (401, 429)
    assert _ask(Client(), other, password).status_code == 200


def test_when_a_phone_last_called_is_kept_to_ten_minutes(db):
    device, _password = devices.issue(officer(), "x", at=NOW)
    for minutes, kept in ((0, 0), (9, 0), (10, 10), (19, 10)):
        device.refresh_from_db()
        devices.note_seen(device, at=NOW + timedelta(minutes=minutes))
        device.refresh_from_db()
        assert device.last_seen_at == NOW + timedelta(minutes=kept)


def test_a_phone_that_asks_without_end_waits(db, settings):
    settings.FIELD_PER_MINUTE = 3
    device, password = devices.issue(officer(), "x", at=NOW)
    told = [_ask(Client(), device, password) for _ in range(5)]
    assert [answer.status_code for answer in told] == [200] * 3 + [429] * 2
    assert 1 <= int(told[-1]["Retry-After"]) <= 61


def test_the_list_of_phones_says_when_each_was_seen(db, client):
    who = officer()
    device, password = devices.issue(who, "Tablet 3", at=NOW)
    assert "Not seen yet" in sign_in(client, who).get("/account/keys/").text
    _ask(Client(), device, password)
    page = client.get("/account/keys/").text
    assert "Last seen:" in page
    assert "Add a phone" in page

"""The door of the app in the browser: enrolled by a code, its envelopes opened here."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from mekhala.core.check_digit import is_right
from mekhala.forms import services
from mekhala.forms.models import SealedEnvelope, Submission, WhyKept
from mekhala.forms.services import SentFile
from mekhala.intake.services import keep_and_map
from mekhala.safeguards.access import devices
from mekhala.safeguards.access.errors import EnoughDevices
from mekhala.safeguards.access.purposes import Role
from mekhala.safeguards.keys import asking
from mekhala.safeguards.keys.errors import KeyServiceDown
from mekhala.web.field import browser as door
from tests.builders import NOW, officer
from tests.builders_forms import filled, form_version, picture
from tests.builders_sealed import browser, post, sealed
from tests.log import Entry


@pytest.fixture
def owner(db):
    return officer()


@pytest.fixture
def phone(owner, acting):
    acting(owner)
    client = browser(owner)
    acting(None)
    return client


@pytest.fixture
def seen(owner, acting):
    """Return a function that looks as the owner."""

    def look(model):
        acting(owner)
        return list(model.objects.all())

    return look


def _newest_key():
    return asking.ask({"op": "status"})["field"]


def _enrol(client, code):
    return client.post("/f/enrol", json.dumps({"code": code}), content_type="application/json")


def test_a_code_makes_a_browser_a_device_once(owner, acting):
    acting(owner)
    device, code = devices.invite(owner, "a browser", at=timezone.now(), language="km")
    acting(None)
    assert code.replace("-", "") not in device.code
    answer = _enrol(Client(enforce_csrf_checks=True), code.lower().replace("-", " "))
    said = answer.json()
    assert (answer.status_code, said["username"]) == (201, device.username)
    assert (said["language"], said["silence_hours"], said["key"]) == ("km", 72, _newest_key())
    assert answer["Cache-Control"] == "no-store"
    assert devices.with_password(said["username"], said["password"]).pk == device.pk
    assert _enrol(Client(), code).status_code == 404
    assert Entry.objects.filter(act="access.device_added", subject=device.username).exists()


def test_a_code_is_good_for_ten_minutes(owner, acting):
    acting(owner)
    _device, code = devices.invite(owner, "a browser", at=timezone.now() - timedelta(minutes=10))
    assert _enrol(Client(), code).status_code == 404


def test_a_code_of_a_phone_taken_back_is_worth_nothing(owner, acting):
    acting(owner)
    device, code = devices.invite(owner, "a browser", at=timezone.now())
    owner.devices.filter(pk=device.pk).update(revoked_at=NOW)
    assert _enrol(Client(), code).status_code == 404


def test_after_five_wrong_codes_an_address_waits_right_code_or_not(owner, acting):
    acting(owner)
    _device, code = devices.invite(owner, "a browser", at=timezone.now())
    for _ in range(5):
        assert _enrol(Client(), "0000-0000").status_code == 404
    answer = _enrol(Client(), code)
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 600


def test_an_unused_code_that_ran_out_takes_no_place(owner, acting):
    acting(owner)
    for _ in range(devices.MOST):
        devices.invite(owner, "x", at=NOW)
    with pytest.raises(EnoughDevices):
        devices.invite(owner, "x", at=NOW)
    devices.invite(owner, "x", at=NOW + devices.CODE_LASTS)


def test_a_browser_not_yet_enrolled_signs_in_with_no_password(owner, acting):
    acting(owner)
    device, code = devices.invite(owner, "x", at=NOW)
    for said in ("", code, device.password, device.code):
        assert devices.with_password(device.username, said) is None


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"code": 7}', b"x" * 5000])
def test_what_is_no_code_is_an_unknown_one(db, body):
    answer = Client().post("/f/enrol", body, content_type="application/json")
    assert answer.status_code == 404


def test_the_beacon_tells_a_browser_whether_it_stands_and_nothing_else(owner, acting):
    acting(owner)
    _device, code = devices.invite(owner, "x", at=timezone.now())
    said = _enrol(Client(), code).json()
    beacon = {"username": said["username"], "beacon": said["beacon"]}
    ask = lambda sent: Client().post("/f/standing", json.dumps(sent), content_type="text/plain")  # noqa: E731
    assert ask(beacon).status_code == 204
    assert ask(beacon | {"beacon": "0" * 64}).status_code == 404
    assert devices.with_password(said["username"], said["beacon"]) is None
    acting(owner)
    owner.devices.update(revoked_at=NOW)
    assert (ask(beacon).status_code, ask(beacon).json()) == (410, {"state": "ended"})


def test_contact_tells_what_the_app_should_hold(phone, settings):
    version = form_version()
    settings.HELP_NUMBERS = [("Help line", "023 000 000")]
    answer = phone.get("/f/contact")
    said = answer.json()
    (form,) = said["forms"]
    assert (form["id"], form["version"], form["files"]) == ("invented", "1", [])
    assert (form["title"], form["titles"], form["based_on"]) == ("Invented form", {}, "")
    assert phone.get(form["address"]).content.decode() == version.xform
    assert said["numbers"] == [{"name": "Help line", "number": "023 000 000"}]
    assert said["key"] == _newest_key()
    assert answer["X-OpenRosa-Version"] == "1.0"


def test_an_envelope_becomes_what_any_phone_would_have_sent(phone, seen):
    form_version()
    answer = post(phone, *sealed(files=[SentFile(name="1.jpg", content_type="image/jpeg",
                                                 content=picture())]))  # fmt: skip
    assert answer.status_code == 201
    (kept,) = seen(Submission)
    assert (kept.instance_id, kept.xml) == ("uuid:1", filled().decode())
    assert kept.attachments.get().name == "1.jpg"
    assert answer.json() == {"state": "received", "receipt": kept.number}
    assert is_right(kept.number, "SB")
    assert not seen(SealedEnvelope)


def test_a_form_of_other_agencies_is_received_and_the_phone_is_told(phone, acting):
    version, author = form_version(), officer(Role.ADMINISTRATOR)
    acting(author)
    services.hand_out_to(version.form, [author.agency], by=author, at=NOW)
    acting(None)
    answer = post(phone, *sealed())
    assert answer.status_code == 201
    assert (answer.json()["state"], answer.json()["code"]) == ("received", "not_used")


def test_the_same_answers_again_are_received_again_in_whatever_envelope(phone, seen):
    form_version()
    first = sealed()
    told = {post(phone, *first).json()["receipt"], post(phone, *first).json()["receipt"]}
    again = post(phone, *sealed())
    assert again.status_code == 201
    assert told == {again.json()["receipt"]}
    assert len(seen(Submission)) == 1


def test_other_answers_under_the_same_number_are_held(phone, seen):
    form_version()
    post(phone, *sealed())
    answer = post(phone, *sealed(filled(safe="no")))
    assert (answer.status_code, answer.json()["state"]) == (409, "held")
    assert sorted(s.state for s in seen(Submission)) == ["held", "received"]


def _altered(body):
    return body[:200] + bytes([body[200] ^ 1]) + body[201:]


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda e, v, b: (e, v, _altered(b)), WhyKept.DOES_NOT_OPEN),
        (lambda e, v, b: (e, v, b[:40]), WhyKept.DOES_NOT_OPEN),
        (lambda e, v, b: (e, 7, b), WhyKept.DOES_NOT_OPEN),
        (lambda e, v, b: ("0" * 32, v, b), WhyKept.DOES_NOT_OPEN),
        (lambda e, v, b: sealed(b"no form"), WhyKept.NOT_READ),
        (lambda e, v, b: sealed(filled(version="9")), WhyKept.REFUSED),
    ],
)
def test_what_cannot_be_taken_is_kept_sealed_with_the_reason(phone, seen, make, why):
    form_version()
    sent = make(*sealed())
    answer = post(phone, *sent)
    (held,) = seen(SealedEnvelope)
    assert (answer.status_code, answer.json()) == (409, {"state": "held", "receipt": held.number})
    assert (held.why, bytes(held.content)) == (why, sent[2])
    assert post(phone, *sent).json()["receipt"] == held.number
    assert len(seen(SealedEnvelope)) == 1
    assert not seen(Submission)


def test_a_file_that_is_not_taken_stays_in_its_envelope(phone, seen):
    form_version()
    bad = SentFile(name="1.jpg", content_type="image/jpeg", content=b"no picture")
    answer = post(phone, *sealed(files=[bad]))
    (kept,), (held,) = seen(Submission), seen(SealedEnvelope)
    assert (answer.status_code, answer.json()["receipt"]) == (201, kept.number)
    assert (held.why, held.submission_id) == (WhyKept.FILES, kept.pk)


def test_while_the_keys_are_away_the_phone_keeps_it(phone, seen, monkeypatch):
    form_version()
    sent = sealed()

    def away(*_args, **_more):
        raise KeyServiceDown

    monkeypatch.setattr("mekhala.forms.services.sealed.ask", away)
    answer = post(phone, *sent)
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert not seen(SealedEnvelope)
    monkeypatch.setattr("mekhala.forms.services.sealed.ask", asking.ask)
    assert post(phone, *sent).status_code == 201


def test_what_was_sealed_to_an_older_key_still_opens(own_keys, phone, seen):
    form_version()
    late = sealed()
    asking.ask({"op": "rotate"})
    assert sealed()[1] > late[1]
    assert post(phone, *late).status_code == 201


def test_a_waiting_envelope_is_opened_when_what_stood_in_the_way_is_gone(phone, owner, seen):
    form_version("1")
    post(phone, *sealed(filled(version="2")))
    (held,) = seen(SealedEnvelope)
    form_version("2")
    colleague = officer(at=owner.agency)
    taken = services.open_again(held, by=colleague, at=NOW)
    assert taken.submission.instance_id == "uuid:1"
    assert taken.submission.received_from_id == owner.pk
    assert services.open_again(held, by=colleague, at=NOW).submission == taken.submission
    assert len(seen(Submission)) == 1


def test_what_a_browser_sealed_is_taken_over_as_any_phones(phone, seen, monkeypatch):
    form_version()
    taken = []

    def noted(*given, **more):
        taken.append(more["device"])
        return keep_and_map(*given, **more)

    monkeypatch.setattr(door, "keep_and_map", noted)
    assert post(phone, *sealed()).status_code == 201
    assert (len(taken), len(seen(Submission))) == (1, 1)


def test_another_agency_sees_no_envelope(phone, acting):
    post(phone, *sealed())
    acting(officer())
    assert not SealedEnvelope.objects.exists()
    acting(officer(Role.ADMINISTRATOR))
    assert not SealedEnvelope.objects.exists()


@pytest.mark.parametrize("envelope", ["", "x", "A" * 32, "0" * 33])
def test_an_envelope_needs_its_number(phone, envelope):
    assert post(phone, envelope, 1, b"x").status_code == 400


def test_too_much_is_refused_before_it_is_read(phone):
    answer = post(phone, "0" * 32, 1, bytes(door.LARGEST + 1))
    assert (answer.status_code, answer.json()) == (413, {"state": "too_large"})


def test_a_browser_that_was_ended_sends_nothing(phone, owner, acting):
    acting(owner)
    owner.devices.update(revoked_at=NOW)
    answer = post(phone, *sealed())
    assert answer.status_code == 401
    assert answer["X-OpenRosa-Version"] == "1.0"

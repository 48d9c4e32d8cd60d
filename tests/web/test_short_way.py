"""Filled forms that come alone are kept together, by one statement; all else goes the long way."""

import base64
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mekhala.forms.models import Submission
from mekhala.forms.services import hand_out_to, receiving
from mekhala.safeguards.access import devices
from mekhala.safeguards.access.models import Device, Officer
from mekhala.safeguards.access.purposes import Role
from tests.builders import NOW, officer
from tests.builders_forms import filled, form_version
from tests.log import Entry

KEEPS = "questionnaires_keep_together"
NOW_AND_THEN = ("identity_key_number", "intake_keptmapping")


class Phone:
    """A phone that has sent one form already, and what its forms asked of the database."""

    def __init__(self, owner):
        self.device, password = devices.issue(owner, "a phone", at=NOW)
        key = base64.b64encode(f"{self.device.username}:{password}".encode()).decode()
        self.client = Client(
            enforce_csrf_checks=True,
            headers={"Authorization": f"Basic {key}", "X-OpenRosa-Version": "1.0"},
        )

    def send(self, xml, **more):
        parts = {"xml_submission_file": SimpleUploadedFile("s.xml", xml, "text/xml")}
        with CaptureQueriesContext(connection) as asked:
            answer = self.client.post("/f/submission?deviceID=x", parts, **more)
        said = [one["sql"] for one in asked.captured_queries]
        answer.statements = [one for one in said if "SAVEPOINT" not in one]
        return answer


@pytest.fixture
def version(db):
    return form_version("1")


@pytest.fixture
def owner(version):
    return officer()


@pytest.fixture
def phone(owner, acting):
    acting(owner)
    made = Phone(owner)
    acting(None)
    assert made.send(filled("uuid:first")).status_code == 201
    return made


def _went_short(answer):
    """Beside the one statement: once in a while new key numbers, and the form's mapping."""
    asked = [one for one in answer.statements if not any(known in one for known in NOW_AND_THEN)]
    return len(asked) == 1 and KEEPS in asked[0]


def test_one_statement_keeps_a_form_of_a_known_phone(phone, owner, acting):
    answer = phone.send(filled("uuid:2", safe="no"))
    assert (answer.status_code, _went_short(answer)) == (201, True)
    acting(owner)
    kept = Submission.objects.get(instance_id="uuid:2")
    assert (kept.answers["safe"], kept.xml) == ("no", filled("uuid:2", safe="no").decode())
    assert (kept.received_from_id, kept.agency_id) == (owner.pk, owner.agency_id)
    assert Entry.objects.get(subject="uuid:2").details["device"] == phone.device.pk


def test_both_ways_keep_and_note_alike_and_answer_alike(phone, owner, acting):
    short, acted = phone.send(filled("uuid:2")), "forms.submission_received"
    receiving._remembered.clear()
    long = phone.send(filled("uuid:3"))
    assert (_went_short(short), _went_short(long)) == (True, False)
    assert (short.status_code, short.content) == (long.status_code, long.content)
    assert dict(short.headers) == {n: v for n, v in long.headers.items() if n != "Vary"} | {
        "Vary": short["Vary"]
    }
    acting(owner)
    first, second = Submission.objects.filter(instance_id__in=["uuid:2", "uuid:3"])
    own = {"id", "number", "instance_id", "xml", "sha256", "received_at", "_state"}
    said = [{n: v for n, v in vars(one).items() if n not in own} for one in (first, second)]
    for one in said:
        one["answers"] = bool(one["answers"])  # sealed, each under a key of its own
    assert said[0] == said[1]
    one, two = Entry.objects.filter(act=acted, subject__in=["uuid:2", "uuid:3"])
    assert one.details == two.details


def test_the_same_again_is_answered_as_before_and_other_content_is_held(phone, owner, acting):
    assert phone.send(filled("uuid:2")).status_code == 201
    assert phone.send(filled("uuid:2")).status_code == 201
    assert phone.send(filled("uuid:2", safe="no")).status_code == 409
    acting(owner)
    assert sorted(Submission.objects.filter(instance_id="uuid:2").values_list("state", flat=True)
                  ) == ["held", "received"]  # fmt: skip


def _edited(instance, of):
    meta = f"<orx:deprecatedID>{of}</orx:deprecatedID></orx:meta>"
    return filled(instance, safe="no").replace(b"</orx:meta>", meta.encode())


def test_an_edit_and_what_an_edit_was_quicker_than_go_the_long_way(phone, owner, acting):
    for instance, xml in {
        "uuid:3": _edited("uuid:3", "uuid:2"),
        "uuid:2": filled("uuid:2"),
    }.items():
        answer = phone.send(xml)
        assert (answer.status_code, _went_short(answer)) == (201, False), instance
    acting(owner)
    assert dict(Submission.objects.values_list("instance_id", "state")) == {
        "uuid:first": "received", "uuid:3": "received", "uuid:2": "replaced",
    }  # fmt: skip


ENDED = {
    "the phone": lambda owner, phone: Device.objects.filter(pk=phone.device.pk).update(
        revoked_at=timezone.now()
    ),
    "its password": lambda owner, phone: Device.objects.filter(pk=phone.device.pk).update(
        password="another"
    ),
    "the account": lambda owner, phone: Officer.objects.filter(pk=owner.pk).update(is_active=False),
}


@pytest.mark.parametrize("what", ENDED)
def test_what_ended_since_is_refused_at_once(phone, owner, acting, what):
    ENDED[what](owner, phone)
    assert phone.send(filled("uuid:2")).status_code == 401
    acting(owner)
    assert not Submission.objects.filter(instance_id="uuid:2").exists()


def test_a_form_handed_to_other_agencies_since_is_kept_and_the_phone_is_told(
    phone, version, acting
):
    author = officer(Role.ADMINISTRATOR)
    acting(author)
    hand_out_to(version.form, [officer().agency], by=author, at=NOW)
    acting(None)
    answer = phone.send(filled("uuid:2"))
    assert (answer.status_code, _went_short(answer)) == (201, False)
    assert b"does not use this form" in answer.content


def test_the_limit_of_a_phone_holds_on_both_ways(phone, settings):
    settings.FIELD_PER_MINUTE = 3  # one was sent already
    answers = [phone.send(filled(f"uuid:{n}")) for n in range(4)]
    assert [one.status_code for one in answers] == [201, 201, 429, 429]


def test_after_too_many_failures_nobody_of_that_name_is_answered(phone):
    wrong = base64.b64encode(f"{phone.device.username}:wrong".encode()).decode()
    for _ in range(5):
        headers = {"Authorization": f"Basic {wrong}"}
        assert phone.send(filled("uuid:2"), headers=headers).status_code == 401
    assert phone.send(filled("uuid:2")).status_code == 429


def test_a_phone_not_heard_of_for_a_while_is_noted(phone):
    earlier = timezone.now() - timedelta(minutes=11)
    Device.objects.filter(pk=phone.device.pk).update(last_seen_at=earlier)
    assert _went_short(phone.send(filled("uuid:2")))
    assert Device.objects.get(pk=phone.device.pk).last_seen_at > earlier

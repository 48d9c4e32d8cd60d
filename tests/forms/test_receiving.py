"""Edits, parts and sealed forms: kept once, whole, in whichever order they arrive."""

import base64
import itertools

import pytest
from django.db import DatabaseError, transaction

from mekhala.core.wrong_input import WrongInput
from mekhala.forms import services
from mekhala.forms.errors import AttachmentDiffers
from mekhala.forms.models import Attachment, Submission
from mekhala.safeguards.access.purposes import Role
from tests.builders import NOW, officer
from tests.builders_forms import filled, form_version, picture, send, survey
from tests.log import Entry

ENVELOPE = b"""<data id="sealed" version="1" encrypted="yes"
  xmlns="http://www.opendatakit.org/xforms/encrypted" xmlns:orx="http://openrosa.org/xforms">
<base64EncryptedKey>aW52ZW50ZWQ=</base64EncryptedKey>
<orx:meta><orx:instanceID>uuid:sealed</orx:instanceID></orx:meta>
<media><file>1.jpg.enc</file></media>
<encryptedXmlFile>submission.xml.enc</encryptedXmlFile>
<base64EncryptedElementSignature>aW52ZW50ZWQ=</base64EncryptedElementSignature></data>"""


def _edit(instance, of, safe="no"):
    """Return an edit: a filled form under an id of its own that names the one it replaces."""
    meta = f"<orx:deprecatedID>{of}</orx:deprecatedID></orx:meta>"
    return filled(instance, safe=safe).replace(b"</orx:meta>", meta.encode())


def _states(acting, by):
    acting(by)
    return dict(Submission.objects.values_list("instance_id", "state"))


def _file(name, content):
    return services.SentFile(name=name, content_type="", content=content)


def test_an_edit_takes_the_place_of_what_it_names(db, acting):
    form_version()
    by = officer()
    send(by)
    assert not send(by, _edit("uuid:2", "uuid:1")).is_held
    assert _states(acting, by) == {"uuid:1": "replaced", "uuid:2": "received"}
    assert Submission.objects.get(instance_id="uuid:1").answers["safe"] == "yes"


CHAIN = {"uuid:1": filled(), "uuid:2": _edit("uuid:2", "uuid:1"),
         "uuid:3": _edit("uuid:3", "uuid:2", safe="yes")}  # fmt: skip


@pytest.mark.parametrize("order", list(itertools.permutations(CHAIN)))
def test_edits_end_alike_in_whichever_order_they_arrive(db, acting, order):
    form_version()
    by = officer()
    for instance in (*order, *order):  # each comes twice
        assert not send(by, CHAIN[instance]).is_held
    assert _states(acting, by) == {
        "uuid:1": "replaced", "uuid:2": "replaced", "uuid:3": "received",
    }  # fmt: skip


def test_which_of_two_edits_is_right_a_person_says(db, acting):
    form_version()
    by = officer()
    for xml in (filled(), _edit("uuid:2", "uuid:1"), _edit("uuid:3", "uuid:1", safe="yes")):
        send(by, xml)
    assert _states(acting, by) == {
        "uuid:1": "replaced", "uuid:2": "received", "uuid:3": "held",
    }  # fmt: skip


def test_an_edit_of_another_form_or_of_itself_is_held(db, acting):
    form_version()
    author = officer(Role.ADMINISTRATOR)
    other = survey().replace(b"| invented |", b"| other |")
    services.add_version(other, "other.md", by=author, at=NOW)
    by = officer()
    send(by, filled(form_id="other"))
    assert send(by, _edit("uuid:2", "uuid:1")).is_held
    assert send(by, _edit("uuid:3", "uuid:3")).is_held
    assert _states(acting, by)["uuid:1"] == "received"


@pytest.mark.parametrize("others", [{"uuid:1": "uuid:2"}, {"uuid:1": "uuid:3", "uuid:3": "uuid:2"}])
def test_edits_of_one_another_all_the_way_round_leave_one_standing(db, acting, others):
    form_version()
    by = officer()
    for instance, of in others.items():
        send(by, _edit(instance, of))
    assert send(by, _edit("uuid:2", "uuid:1")).is_held
    assert list(_states(acting, by).values()).count("received") == 1


def test_an_edit_from_another_agency_replaces_nothing(db, acting):
    form_version()
    by, stranger = officer(), officer()
    send(by)
    send(stranger, _edit("uuid:2", "uuid:1"))
    assert _states(acting, by) == {"uuid:1": "received"}


def test_more_will_follow_until_the_phone_says_no_more(db, acting):
    form_version()
    by = officer()
    acting(by)
    for name, more in (("1.jpg", True), ("2.jpg", True), ("3.jpg", False)):
        kept = services.keep_submission(
            filled(), [_file(name, picture())], by=by, at=NOW, more_follows=more, device=7
        )
        assert Submission.objects.get().awaits_files is more
        assert kept.submission.awaits_files is more
    assert Attachment.objects.count() == 3
    acts = list(Entry.objects.filter(act__startswith="forms.").values_list("act", "details"))
    assert [act for act, _ in acts][-3:] == [
        "forms.submission_received", "forms.attachments_received", "forms.attachments_received",
    ]  # fmt: skip
    assert acts[-1][1]["device"] == 7


def test_two_files_of_one_name_in_one_sending_are_refused(db, acting):
    form_version()
    by = officer()
    with pytest.raises(AttachmentDiffers):
        send(by, files=[_file("1.jpg", picture()), _file("1.jpg", picture("black"))])
    acting(by)
    assert not Submission.objects.exists()


def test_answers_the_form_does_not_ask_for_are_kept_with_the_others(db, acting):
    form_version()
    by = officer()
    send(by, filled().replace(b"<hello/>", b"<hello/><unasked>Mondulkiri</unasked>"))
    acting(by)
    assert Submission.objects.get().answers["unasked"] == "Mondulkiri"


@pytest.fixture
def sealed_form(db):
    """A form whose answers phones seal to a key that is not kept here."""
    author = officer(Role.ADMINISTRATOR)
    key = base64.b64encode(b"an invented public key").decode()
    text = survey().decode().replace("| version |", "| version | public_key |")
    text = text.replace("| invented | Invented form | 1 |", f"| sealed | Sealed | 1 | {key} |")
    return services.add_version(text.encode(), "sealed.md", by=author, at=NOW)


def test_what_a_phone_sealed_is_kept_as_it_came(sealed_form, acting):
    by = officer()
    files = [_file("submission.xml.enc", b"\x00\xff sealed"), _file("1.jpg.enc", b"\x01 sealed")]
    for _ in range(2):
        assert send(by, ENVELOPE, files).not_taken == ()
    acting(by)
    kept = Submission.objects.get()
    assert (kept.is_encrypted, kept.answers, kept.xml.encode()) == (True, {}, ENVELOPE)
    assert {a.name: bytes(a.content) for a in kept.attachments.all()} == {
        f.name: f.content for f in files
    }


def test_a_sealed_form_brings_only_the_files_it_names(sealed_form, acting):
    by = officer()
    kept = send(by, ENVELOPE, [_file("other.enc", b"x"), _file("1.jpg.enc", b"x")])
    assert len(kept.not_taken) == 1
    assert kept.not_taken[0].startswith("other.enc: ")


def test_a_sealed_form_is_refused_where_the_form_has_no_key(db, acting):
    form_version()
    by = officer()
    with pytest.raises(WrongInput, match="no public key"):
        send(by, ENVELOPE.replace(b'id="sealed"', b'id="invented"'))


@pytest.mark.parametrize("column", ["deprecated_id", "is_encrypted"])
def test_what_replaces_what_is_never_rewritten(db, acting, column):
    form_version()
    by = officer()
    send(by)
    acting(by)
    with pytest.raises(DatabaseError, match="keeps what it was given"), transaction.atomic():
        Submission.objects.update(**{column: True})

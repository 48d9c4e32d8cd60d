"""The door phones use, called as ODK Collect calls it."""

import base64
import gzip
import hashlib
from io import BytesIO

import pytest
from defusedxml import ElementTree
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from mekhala.forms import services
from mekhala.forms.lists import ChoiceList
from mekhala.forms.models import Attachment, Submission
from mekhala.safeguards.access import devices
from mekhala.safeguards.access.purposes import Role
from mekhala.web import openrosa
from tests.builders import NOW, officer
from tests.builders_forms import filled, form_version, picture
from tests.builders_media import with_files
from tests.forms.test_titles import KHMER, titled
from tests.log import Entry

LIST = "{http://openrosa.org/xforms/xformsList}"


@pytest.fixture
def owner(db):
    return officer()


@pytest.fixture
def phone(owner, acting):
    """A client that signs in as a phone of ``owner`` on each request, as Collect does."""
    acting(owner)
    device, password = devices.issue(owner, "a phone", at=NOW)
    acting(None)
    key = base64.b64encode(f"{device.username}:{password}".encode()).decode()
    return Client(
        enforce_csrf_checks=True,
        headers={"Authorization": f"Basic {key}", "X-OpenRosa-Version": "1.0"},
    )


def _post(phone, xml=None, path="/f/submission?deviceID=collect%3Aabc", **more):
    parts = {"xml_submission_file": SimpleUploadedFile("s.xml", xml or filled(), "text/xml")}
    return phone.post(path, parts | more)


def _message(answer):
    assert answer["Content-Type"] == "text/xml; charset=utf-8"
    root = ElementTree.fromstring(answer.content)
    assert root.tag == "{http://openrosa.org/http/response}OpenRosaResponse"
    return root[0].text


@pytest.mark.parametrize("path", ["/f/formList", "/f/forms/1.xml", "/f/submission"])
def test_without_name_and_password_every_address_answers_401(client, owner, path):
    for answer in (client.get(path), client.head(path), client.post(path)):
        assert answer.status_code == 401
        assert answer["WWW-Authenticate"].startswith("Basic realm=")
        assert answer["X-OpenRosa-Version"] == "1.0"


@pytest.mark.parametrize(
    "header", ["Basic", "Basic !!", "Basic bm9uZQ==", "Bearer x", "Basic AAA6AAA="]
)
def test_a_broken_header_answers_401(client, owner, header):
    answer = client.get("/f/formList", headers={"Authorization": header})
    assert answer.status_code == 401


def test_a_browser_that_is_signed_in_opens_nothing_here(client, owner):
    client.force_login(owner)
    assert client.get("/f/formList").status_code == 401


def test_a_phone_taken_back_opens_nothing(phone, owner, acting):
    acting(owner)
    owner.devices.update(revoked_at=NOW)
    assert phone.get("/f/formList").status_code == 401


def test_the_list_names_each_form_with_the_hash_of_its_exact_bytes(phone):
    form_version("1")
    form_version("2")
    answer = phone.get("/f/formList?deviceID=collect%3Aabc")
    assert answer["Content-Type"] == "text/xml; charset=utf-8"
    (entry,) = ElementTree.fromstring(answer.content)
    said = {child.tag.removeprefix(LIST): child.text for child in entry}
    assert (said["formID"], said["name"], said["version"]) == ("invented", "Invented form", "2")
    assert said["downloadUrl"].startswith("http://testserver/f/forms/")
    form = phone.get(said["downloadUrl"].removeprefix("http://testserver"))
    assert said["hash"] == f"md5:{hashlib.md5(form.content).hexdigest()}"
    assert form["X-OpenRosa-Version"] == "1.0"


def test_a_form_comes_compressed_to_a_phone_that_takes_it_so_and_its_hash_is_of_the_words(phone):
    form_version("1")
    (entry,) = ElementTree.fromstring(phone.get("/f/formList").content)
    said = {child.tag.removeprefix(LIST): child.text for child in entry}
    form = phone.get(said["downloadUrl"], headers={"Accept-Encoding": "gzip"})
    assert form["Content-Encoding"] == "gzip"
    words = gzip.decompress(form.content)
    assert said["hash"] == f"md5:{hashlib.md5(words).hexdigest()}"
    assert len(form.content) < len(words) / 2


def test_older_versions_are_listed_when_asked_for(phone):
    form_version("1")
    form_version("2")
    root = ElementTree.fromstring(phone.get("/f/formList?listAllVersions=true").content)
    assert len(root) == 2
    assert len(ElementTree.fromstring(phone.get("/f/formList?formID=none").content)) == 0


@pytest.fixture
def filed(db):
    """A version in use, a file of its own and two lists of the register with it."""
    author = officer(Role.ADMINISTRATOR)
    version = services.add_version(with_files(), "f.md", by=author, at=NOW, offer=False)
    services.add_file(version, picture(kind="PNG"), "map.png", by=author, at=NOW)
    return services.put_into_use(version, by=author, at=NOW)


def _told(answer):
    root = ElementTree.fromstring(answer.content)
    return [{child.tag.rpartition("}")[2]: child.text for child in entry} for entry in root]


def test_the_manifest_names_each_file_with_the_hash_of_its_bytes(phone, filed):
    (entry,) = _told(phone.get("/f/formList"))
    files = _told(phone.get(entry["manifestUrl"]))
    assert [f["filename"] for f in files] == ["districts.csv", "map.png", "provinces.csv"]
    for file in files:
        content = phone.get(file["downloadUrl"]).content
        assert file["hash"] == f"md5:{hashlib.md5(content).hexdigest()}"


def test_a_form_without_files_has_no_manifest(phone):
    form_version()
    (entry,) = _told(phone.get("/f/formList"))
    assert "manifestUrl" not in entry


def test_a_file_that_is_no_longer_what_the_manifest_said_is_not_handed_out(phone, filed):
    (entry,) = _told(phone.get("/f/formList"))
    file = next(f for f in _told(phone.get(entry["manifestUrl"])) if "prov" in f["filename"])
    newer = ChoiceList(name="provinces.csv", columns=("name", "label"), rows=(("1", "One"),))
    services.keep_list(newer, at=NOW)
    assert phone.get(file["downloadUrl"]).status_code == 404


def test_a_draft_is_there_for_no_phone(phone):
    author = officer(Role.ADMINISTRATOR)
    draft = services.add_version(with_files(), "f.md", by=author, at=NOW, offer=False)
    assert _told(phone.get("/f/formList?listAllVersions=true")) == []
    for address in (f"{draft.pk}.xml", f"{draft.pk}/manifest", f"{draft.pk}/files/x/map.png"):
        assert phone.get(f"/f/forms/{address}").status_code == 404


def test_an_administrators_phone_has_no_forms(db, acting, client):
    form_version()
    who = officer(Role.ADMINISTRATOR)
    acting(who)
    device, password = devices.issue(who, "a phone", at=NOW)
    key = base64.b64encode(f"{device.username}:{password}".encode()).decode()
    basic = {"Authorization": f"Basic {key}"}
    assert len(ElementTree.fromstring(client.get("/f/formList", headers=basic).content)) == 0


def test_a_form_that_is_not_there_answers_404(phone):
    assert phone.get("/f/forms/999999.xml").status_code == 404


def test_head_answers_204_and_how_much_is_taken(phone):
    answer = phone.head("/f/submission")
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer["X-OpenRosa-Version"] == "1.0"
    assert int(answer["X-OpenRosa-Accept-Content-Length"]) >= 10 * 1024 * 1024
    assert phone.get("/f/submission").status_code == 405


def test_a_filled_form_is_kept_in_the_name_of_the_phones_officer(phone, owner, acting):
    form_version()
    answer = _post(phone)
    assert (answer.status_code, _message(answer)) == (201, "Received.")
    acting(owner)
    assert Submission.objects.get().received_from == owner
    assert Entry.objects.filter(act="forms.submission_received", by=owner.pk).count() == 1


def test_the_same_again_is_answered_as_the_first_was_and_keeps_one(phone, owner, acting):
    form_version()
    answers = [_post(phone) for _ in range(3)]
    assert {(one.status_code, _message(one)) for one in answers} == {(201, "Received.")}
    acting(owner)
    assert Submission.objects.count() == 1


def test_other_content_under_the_same_id_answers_409_and_is_held(phone, owner, acting):
    form_version()
    _post(phone)
    for _ in range(2):
        answer = _post(phone, filled(safe="no"))
        assert answer.status_code == 409
        assert "held for checking" in _message(answer)
    acting(owner)
    assert sorted(Submission.objects.values_list("state", flat=True)) == ["held", "received"]


def test_a_large_form_comes_in_parts(phone, owner, acting):
    form_version()
    one, two = (SimpleUploadedFile(n, picture(), "image/jpeg") for n in ("1.jpg", "2.jpg"))
    assert _post(phone, **{"1.jpg": one, "*isIncomplete*": "yes"}).status_code == 202
    assert _post(phone, **{"2.jpg": two}).status_code == 201
    acting(owner)
    assert Submission.objects.count() == 1
    assert set(Attachment.objects.values_list("name", flat=True)) == {"1.jpg", "2.jpg"}


@pytest.mark.parametrize("more", [{"version": "9"}, {"form_id": "never_added"}])
def test_an_unknown_form_or_version_answers_404_in_words(phone, more):
    form_version()
    answer = _post(phone, filled(**more))
    assert answer.status_code == 404
    assert "Fetch the forms again" in _message(answer)


@pytest.mark.parametrize(
    "xml", [b"<data", b'<!DOCTYPE d [<!ENTITY a "b">]><data id="invented">&a;</data>', b"<data/>",
            b'<data id="invented" version="1"/>', b"<d>" + b" " * 1_048_577 + b"</d>"],
)  # fmt: skip
def test_what_cannot_be_read_answers_400_in_one_sentence(phone, owner, acting, xml):
    form_version()
    answer = _post(phone, xml)
    assert answer.status_code == 400
    assert _message(answer).startswith("The filled form: ")
    acting(owner)
    assert not Submission.objects.exists()


def test_a_post_without_the_part_answers_400(phone):
    assert phone.post("/f/submission", {"other": "x"}).status_code == 400


def test_too_much_answers_413(phone):
    answer = phone.generic("POST", "/f/submission", b"x" * (openrosa.LARGEST + 1), "text/xml")
    assert answer.status_code == 413


def test_words_come_in_the_language_of_the_phone(phone):
    form_version()
    answer = phone.get("/f/submission", headers={"Accept-Language": "km"})
    assert answer["Content-Language"] == "km"


def test_nothing_is_redirected_to_a_slash(phone):
    assert phone.get("/f/formList/").status_code == 404


@pytest.fixture
def sending(owner, acting):
    """Return a function that hands a body over as a server does, whole or not."""
    form_version()
    whole = encode_multipart(
        BOUNDARY,
        {"xml_submission_file": SimpleUploadedFile("s.xml", filled(), "text/xml"),
         "1.jpg": SimpleUploadedFile("1.jpg", picture(), "image/jpeg")},
    )  # fmt: skip

    def send(length=None, *, is_chunked=False):
        request = RequestFactory().generic("POST", "/f/submission", whole, MULTIPART_CONTENT)
        if is_chunked:
            del request.META["CONTENT_LENGTH"]
            request.META["HTTP_TRANSFER_ENCODING"] = "chunked"
        request.META["wsgi.input"] = BytesIO(whole[:length])
        acting(owner)
        return openrosa.receive(request, by=owner).status_code

    send.whole = whole
    return send


def test_a_body_sent_in_chunks_is_read(sending):
    assert sending(is_chunked=True) == 201
    assert Attachment.objects.count() == 1


@pytest.mark.parametrize("is_chunked", [False, True])
def test_a_body_cut_off_anywhere_keeps_nothing(sending, is_chunked):
    """The parser would take the end of the stream for the end of the last part."""
    for length in range(0, len(sending.whole) - 4, 7):  # the last four: "--", and a line's end
        assert sending(length, is_chunked=is_chunked) == 400
    assert not Submission.objects.exists()


@pytest.mark.parametrize("content_type", ["multipart/form-data", "multipart/form-data; boundary="])
def test_parts_without_a_boundary_answer_400_in_words(phone, content_type):
    answer = phone.generic("POST", "/f/submission", b"--", content_type)
    assert answer.status_code == 400
    assert _message(answer)


def test_a_hundred_files_at_once_are_taken_and_one_more_is_not(phone, owner, acting):
    form_version()

    def files(count):
        names = [f"{n}.png" for n in range(count)]
        return {name: SimpleUploadedFile(name, picture(kind="PNG")) for name in names}

    assert _post(phone, **files(101)).status_code == 413
    assert _post(phone, **files(100)).status_code == 201
    acting(owner)
    assert Attachment.objects.count() == 100


def test_the_log_says_which_phone_it_came_from(phone, owner):
    form_version()
    _post(phone)
    entry = Entry.objects.get(act="forms.submission_received")
    assert entry.details["device"] == owner.devices.get().pk


def test_the_list_and_the_form_carry_the_title_in_the_language_of_the_phone(phone, owner, acting):
    version = services.add_version(titled(), "t.md", by=officer(Role.ADMINISTRATOR), at=NOW)
    acting(owner)
    owner.devices.update(language="km")
    (entry,) = _told(phone.get("/f/formList"))
    assert (entry["name"], entry["descriptionText"]) == (KHMER, "ឯកសារ")
    form = phone.get(f"/f/forms/{version.pk}.xml").content
    assert entry["hash"] == f"md5:{hashlib.md5(form).hexdigest()}"
    assert KHMER in form.decode()
    (entry,) = _told(phone.get("/f/formList", headers={"Accept-Language": "th, en;q=0.5"}))
    assert entry["name"] == "Invented form"
    assert entry["hash"] == f"md5:{hashlib.md5(form).hexdigest()}"  # the form itself does not turn

"""No bad file gets in, and no good one keeps more than can be seen (TP-B4)."""

import io
import resource
import time

import pytest
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from mekhala.core.wrong_input import WrongInput
from mekhala.forms import services
from mekhala.forms.models import Attachment, Submission
from mekhala.safeguards.access.purposes import Role
from mekhala.safeguards.uploads.archives import check_workbook
from mekhala.safeguards.uploads.bounded import WHOLE, BoundedUpload
from mekhala.safeguards.uploads.names import plain_name
from mekhala.safeguards.uploads.pictures import drawn_anew
from mekhala.safeguards.uploads.texts import text_in
from tests.builders import officer
from tests.builders_forms import filled, form_version, picture, send
from tests.safeguards.uploads.bad_files import (
    NAMES,
    PLACE,
    PLAIN_NAMES,
    PROGRAM,
    floods,
    gps_picture,
    mutated,
    no_pictures,
    polyglots,
    workbooks,
)


def cases(made):
    return [pytest.param(content, id=name) for name, content in made]


@pytest.mark.parametrize("content", cases(no_pictures()))
def test_what_is_no_picture_is_refused_whatever_it_is_called(content):
    with pytest.raises(WrongInput, match=r"^photo\.jpg: "):
        drawn_anew(content, file_name="photo.jpg")


@pytest.mark.parametrize("content", cases(polyglots()))
def test_a_picture_that_is_something_else_too_is_a_picture_only(content):
    kept = drawn_anew(content, file_name="photo.jpg").content
    for trace in (b"PK\x03\x04", PROGRAM, b"<?php", b"%PDF", b"\x7fELF", PLACE):
        assert trace not in kept


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_where_and_with_what_it_was_taken_is_gone_and_what_is_seen_stays(kind):
    sent = gps_picture(kind, colour=(200, 30, 40))
    assert PLACE in sent, "the picture sent does say where it was taken"
    kept = drawn_anew(sent, file_name="photo").content
    opened = Image.open(io.BytesIO(kept))
    assert not opened.getexif()
    assert "icc_profile" not in opened.info
    for trace in (PLACE, b"GPS", b"Exif", b"Invented phone", b"eXIf", b"tEXt", b"iCCP", b"ICC_"):
        assert trace not in kept
    assert opened.size == (64, 48)
    near = opened.convert("RGB").getpixel((5, 5))
    assert all(abs(a - b) < 8 for a, b in zip(near, (200, 30, 40), strict=True))


def test_saving_a_picture_as_it_is_would_keep_the_place():
    """The mutant: a check alone, without drawing anew, lets everything through."""
    sent = gps_picture()
    out = io.BytesIO()
    opened = Image.open(io.BytesIO(sent))
    opened.save(out, "JPEG", exif=opened.getexif())
    assert b"Invented phone" in out.getvalue()


def test_a_picture_lying_on_its_side_is_turned_before_its_mark_is_gone():
    exif = Image.Exif()
    exif[0x0112] = 6  # a quarter turn
    kept = drawn_anew(picture(size=(40, 20), exif=exif), file_name="a").content
    assert Image.open(io.BytesIO(kept)).size == (20, 40)


@pytest.mark.parametrize("content", cases(floods()))
def test_a_flood_of_dots_is_refused_before_it_is_unpacked(content):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.process_time()
    with pytest.raises(WrongInput, match=r"25 million dots|is broken"):
        drawn_anew(content, file_name="photo.png")
    assert time.process_time() - began < 1
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 64 * 1024  # kB


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_changed_bytes_are_refused_or_leave_nothing_but_dots():
    """250 pictures with bytes changed: no crash, and never the place."""
    for name, content in mutated(250, seed=53):
        try:
            kept = drawn_anew(content, file_name=name)
        except WrongInput:
            continue
        assert PLACE not in kept.content
        assert not Image.open(io.BytesIO(kept.content)).getexif()


@pytest.mark.parametrize("content", cases(workbooks()))
def test_a_workbook_that_is_a_trap_is_refused(content):
    began = time.process_time()
    with pytest.raises(WrongInput, match=r"^form\.xlsx: "):
        check_workbook(content, file_name="form.xlsx")
    assert time.process_time() - began < 2


def test_an_honest_workbook_passes():
    from openpyxl import Workbook

    out = io.BytesIO()
    Workbook().save(out)
    check_workbook(out.getvalue(), file_name="form.xlsx")


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_is_not_what_it_seems_is_refused(name):
    with pytest.raises(WrongInput) as refusal:
        plain_name(name)
    assert not set(str(refusal.value)) & set("\u202e\u2066\u200f\x00\n")


@pytest.mark.parametrize("name", PLAIN_NAMES)
def test_a_plain_name_passes(name):
    assert plain_name(name) == name


@pytest.mark.parametrize(
    "content",
    [b"a,b\x00\n", b"PK\x03\x04\x14", b"\xff\xfea\x00", b"\x89PNG\r\n\x1a\n", b"MZ\x90\x00"],
)
def test_a_table_that_is_no_text_is_refused(content):
    with pytest.raises(WrongInput):
        text_in(SimpleUploadedFile("list.csv", content))


def test_a_request_of_too_many_bytes_ends_before_it_is_read():
    with pytest.raises(RequestDataTooBig):
        BoundedUpload().handle_raw_input(None, {}, WHOLE + 1, b"", None)
    BoundedUpload().handle_raw_input(None, {}, WHOLE, b"", None)


def test_no_upload_is_laid_on_a_disk_in_clear(settings):
    assert not any("Temporary" in handler for handler in settings.FILE_UPLOAD_HANDLERS)
    assert settings.FILE_UPLOAD_HANDLERS[0].endswith("BoundedUpload")
    assert settings.FILE_UPLOAD_MAX_MEMORY_SIZE >= WHOLE


def file(name="a.jpg", content=None):
    return services.SentFile(name=name, content_type="text/html", content=content or picture())


def test_the_answers_are_kept_where_a_file_is_not(db, acting):
    form_version()
    by = officer()
    kept = send(by, files=[file(), file("b.svg", b"<svg/>"), file("c\u202egpj.jpg")])
    assert [said.split(":")[0] for said in kept.not_taken] == ["b.svg", "cgpj.jpg"]
    acting(by)
    assert Submission.objects.get().xml.encode() == filled()
    assert list(Attachment.objects.values_list("name", "content_type")) == [("a.jpg", "image/jpeg")]


def test_the_same_picture_again_is_the_one_already_kept_though_it_was_drawn_anew(db, acting):
    form_version()
    by, sent = officer(), file(content=gps_picture())
    send(by, files=[sent])
    again = send(by, files=[sent])
    assert (again.is_new, again.not_taken) == (False, ())
    acting(by)
    kept = Attachment.objects.get()
    assert bytes(kept.content) != sent.content
    assert PLACE not in bytes(kept.content)


def test_a_phone_is_told_so_and_does_not_throw_the_file_away(client, db, acting):
    form_version()
    who = officer()
    client.force_login(who)
    parts = {
        "xml_submission_file": SimpleUploadedFile("s.xml", filled(), "text/xml"),
        "v.mp4": SimpleUploadedFile("v.mp4", b"\x00\x00\x00\x18ftypmp42", "video/mp4"),
    }
    answer = client.post("/api/v1/submissions", parts)
    assert answer.status_code == 422
    assert "The answers are received" in answer.text
    assert "v.mp4" in answer.text
    acting(who)
    assert Submission.objects.count() == 1


def test_no_file_is_ever_shown_on_this_origin(client, db, acting):
    """Every kept picture goes out as a download of bytes, under a number, not under its name."""
    form_version()
    who = officer()
    kept = send(who, files=[file(name) for name in PLAIN_NAMES])
    client.force_login(who)
    acting(who)
    numbers = list(kept.submission.attachments.values_list("pk", flat=True))
    assert len(numbers) == len(PLAIN_NAMES)
    for pk in numbers:
        more = {"pk": kept.submission.pk, "file_pk": pk}
        answer = client.get(reverse("forms:attachment", kwargs=more))
        assert answer["Content-Type"] == "application/octet-stream"
        assert answer["Content-Disposition"] == f'attachment; filename="{pk}"'
        assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_trap_of_a_form_is_refused_in_words_on_its_page(client, db):
    client.force_login(officer(Role.ADMINISTRATOR))
    bomb = next(content for name, content in workbooks() if name == "bomb that lies")
    given = SimpleUploadedFile("form.xlsx", bomb)
    answer = client.post(reverse("forms:upload"), {"file": given})
    assert answer.status_code == 422
    assert "form.xlsx: " in answer.text

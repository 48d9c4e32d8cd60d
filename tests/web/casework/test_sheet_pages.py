"""A faxed sheet: drawn anew, sealed, and beside the form while its entry is keyed in."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from mekhala.pathway.justice.models import Complaint, Keyed, Sheet
from mekhala.safeguards.access.purposes import Role
from tests.builders import officer
from tests.builders_forms import picture
from tests.builders_justice import accused, court_officer
from tests.builders_papers import scanned
from tests.log import Entry


@pytest.fixture
def court(db):
    return court_officer()


@pytest.fixture
def signed_in(client, court):
    client.force_login(court)
    return client


def _send(client, one, content):
    sent = {"picture": SimpleUploadedFile("fax.jpg", content)}
    return client.post(f"/accused/{one.number}/sheets/", sent)


def test_a_sheet_is_kept_sealed_and_shown_beside_the_form_it_is_keyed_into(
    signed_in, court, acting
):
    one = accused(court)
    sent = picture(exif=b"Exif\x00\x00where it was taken")
    page = _send(signed_in, one, sent).headers["Location"]
    acting(court)
    kept = Sheet.objects.get()
    assert b"where it was taken" not in bytes(kept.content)
    shown = signed_in.get(f"{page}picture/")
    assert (shown.headers["Content-Type"], shown.content) == ("image/jpeg", bytes(kept.content))
    assert Image.open(io.BytesIO(shown.content)).size == (8, 6)
    form = f"/accused/{one.number}/complaint/new/?sheet={kept.pk}"
    assert f'src="{page}picture/"' in signed_in.get(form).content.decode()
    assert signed_in.post(form, {"made_by": "police"}).status_code == 302
    acting(court)
    keyed = Keyed.objects.get()
    assert (keyed.kind, keyed.entry) == ("complaint", Complaint.objects.get().pk)
    assert "Complaint and what may stand behind it" in signed_in.get(page).content.decode()
    assert "1 entry keyed in" in signed_in.get(f"/accused/{one.number}/sheets/").content.decode()
    acting(court)
    assert Entry.objects.filter(act="justice.sheet_opened").count() == 1


def test_what_is_no_picture_is_refused_in_words(signed_in, court):
    one = accused(court)
    for content in (b"%PDF-1.7 invented", b"words"):
        answer = _send(signed_in, one, content)
        assert answer.status_code == 200
        assert "There is a problem" in answer.content.decode()
    assert not Sheet.objects.exists()


def test_the_sheet_of_another_accused_or_of_nobody_is_not_there(signed_in, client, court, acting):
    one, other = accused(court), accused(court)
    page = _send(signed_in, one, picture()).headers["Location"]
    acting(court)
    pk = Sheet.objects.get().pk
    for asked in (f"{pk}", "0", "none"):
        form = f"/accused/{other.number}/complaint/new/?sheet={asked}"
        assert signed_in.get(form).status_code == 404
    client.force_login(officer(Role.JUSTICE))
    for closed in (page, f"{page}picture/", f"/accused/{one.number}/sheets/"):
        assert client.get(closed).status_code == 404


def test_a_pdf_is_kept_as_one_picture_for_each_page(signed_in, court, acting):
    one = accused(court)
    assert _send(signed_in, one, scanned()).headers["Location"] == f"/accused/{one.number}/sheets/"
    acting(court)
    kept = list(Sheet.objects.all())
    assert [sheet.media_type for sheet in kept] == ["image/jpeg"] * 2
    assert not [sheet for sheet in kept if b"%PDF" in bytes(sheet.content)]
    assert Entry.objects.filter(act="justice.sheet_kept").count() == 2

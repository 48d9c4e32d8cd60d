"""Pages of the forms room: added, listed, filled, read; nothing where the role does not reach."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from mekhala.forms import services
from mekhala.forms.models import FormVersion
from mekhala.safeguards.access.purposes import Role
from tests.builders import officer
from tests.builders_forms import filled, form_version, picture, send, survey
from tests.log import Entry


@pytest.fixture
def signed_in(client, db):
    def as_role(role=Role.FIRST_RESPONDER, **more):
        who = officer(role, **more)
        client.force_login(who)
        return who

    return as_role


def _upload(client, content, name="invented.md"):
    file = SimpleUploadedFile(name, content)
    return client.post(reverse("forms:upload"), {"file": file})


def test_an_empty_list_says_who_adds_the_first_form(client, signed_in):
    signed_in()
    assert "No form has been added yet" in client.get(reverse("forms:list")).text


def test_an_administrator_adds_a_form_and_sees_its_versions(client, signed_in):
    signed_in(Role.ADMINISTRATOR)
    answer = _upload(client, survey())
    assert answer.url == reverse("forms:versions", kwargs={"form_id": "invented"})
    page = client.get(answer.url).text
    assert "Invented form" in page
    assert "Khmer (km)" in page
    assert "Fill in" not in page


def test_a_broken_form_is_refused_beside_the_field_in_one_sentence(client, signed_in):
    signed_in(Role.AUTHORITY)
    answer = _upload(client, survey().replace(b"integer", b"no_such"))
    assert answer.status_code == 422
    assert "invented.md: sheet “survey”, row 6: Unknown question type" in answer.text
    assert "govuk-error-summary" in answer.text
    assert not FormVersion.objects.exists()


def test_no_file_is_an_error_in_words(client, signed_in):
    signed_in(Role.AUTHORITY)
    assert "govuk-error-summary" in client.post(reverse("forms:upload")).text


def test_changed_content_under_the_same_version_is_refused_in_words(client, signed_in):
    signed_in(Role.AUTHORITY)
    _upload(client, survey())
    assert "Raise the version" in _upload(client, survey(changed="Good day")).text


def test_others_are_told_who_adds_forms_and_their_upload_is_refused(client, signed_in):
    signed_in(Role.FIRST_RESPONDER)
    assert '<input type="file"' not in client.get(reverse("forms:upload")).text
    assert "another role" in _upload(client, survey()).text
    assert not FormVersion.objects.exists()


def test_a_version_is_downloaded_exactly_as_kept_and_never_drawn(client, signed_in):
    signed_in()
    version = form_version()
    answer = client.get(reverse("forms:xform", kwargs={"pk": version.pk}))
    assert answer.content.decode() == version.xform
    assert answer["Content-Disposition"].startswith("attachment")


def test_the_questionnaire_has_a_policy_of_its_own_and_other_pages_keep_theirs(client, signed_in):
    signed_in()
    form_version()
    own = client.get(reverse("forms:fill", kwargs={"form_id": "invented"}))
    others = client.get(reverse("forms:list"))
    assert "'wasm-unsafe-eval'" in own["Content-Security-Policy"]
    styles = own["Content-Security-Policy"].partition("style-src")[2].partition(";")[0]
    assert "'unsafe-inline'" in styles
    assert "nonce" not in styles
    assert "unsafe" not in others["Content-Security-Policy"]
    for policy in (own, others):
        assert "default-src 'none'" in policy["Content-Security-Policy"]


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.STATISTICIAN, Role.JUSTICE])
def test_those_who_meet_nobody_have_nothing_to_fill_and_nothing_to_read(client, signed_in, role):
    form_version()
    who = officer()
    kept = send(who)
    signed_in(role, at=who.agency)
    for name, more in [
        ("forms:fill", {"form_id": "invented"}), ("forms:submissions", {}),
        ("forms:submission", {"pk": kept.submission.pk}),
    ]:  # fmt: skip
        assert client.get(reverse(name, kwargs=more)).status_code == 404


def test_the_list_of_what_was_received_shows_no_answer(client, signed_in):
    signed_in_officer = signed_in()
    assert "Nothing has been received yet" in client.get(reverse("forms:submissions")).text
    form_version()
    send(signed_in_officer, filled(needs="doctor"))
    page = client.get(reverse("forms:submissions")).text
    assert "Received" in page
    assert "A doctor" not in page


def test_answers_are_shown_in_words_and_the_look_is_noted(client, signed_in, acting):
    who = signed_in()
    form_version()
    kept = send(who)
    page = client.get(reverse("forms:submission", kwargs={"pk": kept.submission.pk})).text
    assert "Food · A doctor" in page
    assert "No answer" in page
    assert f"/encounters/new/?submission={kept.submission.pk}" in page
    assert "uuid:1" not in page.partition("<title>")[2].partition("</title>")[0]
    assert Entry.objects.filter(act="forms.submission_opened", by=who.pk).exists()


def test_answers_are_shown_in_the_language_of_the_page(client, signed_in):
    who = signed_in()
    form_version()
    kept = send(who)
    address = reverse("forms:submission", kwargs={"pk": kept.submission.pk})
    page = client.get(address, headers={"Accept-Language": "km"}).text
    assert "តើមានសុវត្ថិភាពទេ?" in page
    assert "បាទ ចាស" in page


def test_held_answers_say_so_and_lead_to_the_others(client, signed_in):
    who = signed_in()
    form_version()
    first, changed = send(who), send(who, filled(safe="no"))
    page = client.get(reverse("forms:submission", kwargs={"pk": changed.submission.pk})).text
    assert "Held for checking" in page
    assert "/encounters/new/" not in page.partition("<main")[2]
    assert reverse("forms:submission", kwargs={"pk": first.submission.pk}) in page


def test_another_agencys_answers_are_not_there(client, signed_in):
    form_version()
    kept = send(officer())
    signed_in()
    address = reverse("forms:submission", kwargs={"pk": kept.submission.pk})
    assert client.get(address).status_code == 404


def test_words_in_answers_are_never_markup(client, signed_in):
    who = signed_in()
    form_version()
    kept = send(who, filled(safe="&lt;script&gt;alert(1)&lt;/script&gt;"))
    page = client.get(reverse("forms:submission", kwargs={"pk": kept.submission.pk})).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_a_file_is_handed_out_as_a_download_to_the_agency_only(client, signed_in, acting):
    who = signed_in()
    form_version()
    file = services.SentFile(name="a.html", content_type="text/html", content=picture())
    kept = send(who, files=[file])
    acting(who)
    more = {"pk": kept.submission.pk, "file_pk": kept.submission.attachments.get().pk}
    address = reverse("forms:attachment", kwargs=more)
    answer = client.get(address)
    assert answer.content.startswith(b"\xff\xd8\xff")
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
    signed_in()
    assert client.get(address).status_code == 404


def test_what_the_questionnaire_sends_is_kept_and_needs_the_pages_token(db):
    from django.test import Client

    form_version()
    who = officer()
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(who)
    address = reverse("forms:fill", kwargs={"form_id": "invented"})
    part = {"xml_submission_file": SimpleUploadedFile("xml_submission_file", filled(), "text/xml")}
    assert strict.post(address, part).status_code == 403
    token = strict.get(address).text.partition('data-csrf-token="')[2].partition('"')[0]
    part["xml_submission_file"].seek(0)
    assert strict.post(address, part, headers={"X-CSRFToken": token}).status_code == 201


def test_every_page_asks_the_database_at_most_twelve_times(
    client, signed_in, django_assert_max_num_queries
):
    who = signed_in()
    form_version()
    for n in range(5):
        kept = send(who, filled(instance=f"uuid:{n}"))
    for name, more in [
        ("list", {}), ("upload", {}), ("versions", {"form_id": "invented"}),
        ("fill", {"form_id": "invented"}), ("submissions", {}),
        ("submission", {"pk": kept.submission.pk}),
    ]:  # fmt: skip
        with django_assert_max_num_queries(12):
            assert client.get(reverse(f"forms:{name}", kwargs=more)).status_code == 200

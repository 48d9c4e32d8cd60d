"""Pages of the forms room: added, listed, filled, read; nothing where the role does not reach."""

import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from mekhala.forms import queries, services
from mekhala.forms.models import FormAdoption, FormVersion
from mekhala.safeguards.access.errors import NotYourRole
from mekhala.safeguards.access.purposes import Role
from tests.builders import NOW, officer
from tests.builders_forms import filled, form_version, picture, send, survey
from tests.builders_media import with_files
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


def test_an_administrator_adds_a_form_and_reads_it_before_it_is_used(client, signed_in):
    signed_in(Role.ADMINISTRATOR)
    answer = _upload(client, survey())
    version = FormVersion.objects.get()
    assert answer.url == reverse("forms:version", kwargs={"pk": version.pk})
    page = client.get(answer.url).text
    assert "Draft" in page
    assert "តើមានសុវត្ថិភាពទេ?" in page
    assert "“Is it safe?” is “Yes”" in page
    assert "Every text is there in each of 2 languages" in page
    assert list(queries.versions_offered()) == []
    assert "Draft" in client.get(reverse("forms:list")).text


def test_a_version_is_put_into_use_and_withdrawn(client, signed_in):
    signed_in(Role.AUTHORITY)
    _upload(client, survey())
    pk = FormVersion.objects.get().pk
    page = client.post(reverse("forms:use", kwargs={"pk": pk}), follow=True).text
    assert "Phones are offered this version now" in page
    assert "Handed out now" in page
    assert list(queries.versions_offered()) == [FormVersion.objects.get()]
    page = client.post(reverse("forms:withdraw", kwargs={"pk": pk}), follow=True).text
    assert "Filled forms of it are still received" in page
    assert list(queries.versions_offered()) == []
    assert "Withdrawn" in client.get(reverse("forms:list")).text


def test_others_read_a_version_and_can_do_nothing_with_it(client, signed_in):
    version = form_version()
    signed_in(Role.FIRST_RESPONDER)
    page = client.get(reverse("forms:version", kwargs={"pk": version.pk})).text
    assert "Is it safe?" in page
    assert "Withdraw" not in page
    answer = client.post(reverse("forms:withdraw", kwargs={"pk": version.pk}), follow=True)
    assert "another role" in answer.text
    assert queries.version_offered("invented") == version


def test_one_language_is_read_alone(client, signed_in):
    signed_in()
    address = reverse("forms:version", kwargs={"pk": form_version().pk})
    page = client.get(address, {"in": "Khmer (km)"}).text.partition('id="questions"')[2]
    assert ">តើមានសុវត្ថិភាពទេ?<" in page
    assert ">Is it safe?</dd>" not in page


def test_a_version_is_printed_in_one_language_to_be_filled_in_by_pen(client, signed_in):
    signed_in()
    version = form_version()

    page = client.get(reverse("forms:paper", args=[version.pk]), {"in": "Khmer (km)"}).text

    assert "<b>1.</b> តើមានសុវត្ថិភាពទេ?" in page
    assert "Is it safe?" not in page
    assert page.count("mekhala-sheet__choices--circles") == 1
    assert 'class="mekhala-sheet" lang="km"' in page


def test_missing_words_are_shown_where_they_are_missing(client, signed_in):
    signed_in(Role.AUTHORITY)
    _upload(client, survey().replace("| សួស្តី |".encode(), b"| |"))
    page = client.get(reverse("forms:version", kwargs={"pk": FormVersion.objects.get().pk})).text
    assert "1 text is missing" in page
    assert "question “hello”: no label in Khmer (km)" in page
    assert "Missing</strong>" in page


def test_files_are_added_on_the_page_of_their_version(client, signed_in):
    signed_in(Role.AUTHORITY)
    _upload(client, with_files(), "filed.md")
    version = FormVersion.objects.get()
    page = client.get(reverse("forms:version", kwargs={"pk": version.pk})).text
    assert "Filled from the register: 25 entries, edition 1" in page
    assert page.count("Not there yet") == 3
    address = reverse("forms:files", kwargs={"pk": version.pk})
    sent = SimpleUploadedFile("map.png", picture(kind="PNG"))
    page = client.post(address, {"file": sent}, follow=True).text
    assert page.count("Not there yet") == 2
    file = version.files.get()
    answer = client.get(reverse("forms:file", kwargs={"pk": version.pk, "file_pk": file.pk}))
    assert answer.content == bytes(file.content)
    assert answer["Content-Type"] == "application/octet-stream"


def test_a_file_that_does_not_fit_is_refused_beside_the_field(client, signed_in):
    signed_in(Role.AUTHORITY)
    _upload(client, with_files(), "filed.md")
    address = reverse("forms:files", kwargs={"pk": FormVersion.objects.get().pk})
    answer = client.post(address, {"file": SimpleUploadedFile("map.png", b"<svg/>")})
    assert answer.status_code == 422
    assert "neither a JPEG nor a PNG" in answer.text
    assert "govuk-error-summary" in answer.text


def test_what_changed_is_told_in_words_and_whether_old_answers_fit(client, signed_in):
    signed_in(Role.AUTHORITY)
    form_version("1")
    new = form_version(
        "2", text=survey("2").replace(b"| | need | food | Food |", b"| | need | f | F |")
    )
    page = client.get(reverse("forms:difference", kwargs={"pk": new.pk})).text
    assert "From version 1 to version 2" in page
    assert "Choice removed from “What is needed?”: “Food” (food)" in page
    assert "1 change may leave old answers" in page


def test_a_form_with_one_version_has_nothing_to_compare_with(client, signed_in):
    signed_in()
    address = reverse("forms:difference", kwargs={"pk": form_version().pk})
    assert "no other version" in client.get(address).text


def test_a_broken_form_is_refused_beside_the_field_in_one_sentence(client, signed_in):
    signed_in(Role.AUTHORITY)
    answer = _upload(client, survey().replace(b"integer", b"no_such"))
    assert answer.status_code == 422
    assert "sheet “survey”, row 6, column “type”: “no_such” is no type" in answer.text
    assert "govuk-error-summary" in answer.text
    assert not FormVersion.objects.exists()


def test_no_file_is_an_error_in_words(client, signed_in):
    signed_in(Role.AUTHORITY)
    assert "govuk-error-summary" in client.post(reverse("forms:upload")).text


def test_changed_content_under_the_same_version_is_refused_in_words(client, signed_in):
    signed_in(Role.AUTHORITY)
    form_version()
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
    assert "unsafe" not in styles
    assert "'unsafe-eval'" not in own["Content-Security-Policy"]
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
        ("submission", {"pk": kept.submission.pk}), ("version", {"pk": kept.submission.version_id}),
        ("difference", {"pk": kept.submission.version_id}),
    ]:  # fmt: skip
        with django_assert_max_num_queries(12):
            assert client.get(reverse(f"forms:{name}", kwargs=more)).status_code == 200


def test_the_shipped_forms_are_added_with_one_button_and_say_that_nobody_verified_them(
    client, signed_in
):
    signed_in(Role.ADMINISTRATOR)
    page = client.post(reverse("forms:shipped"), follow=True).text
    assert "The forms that come with the program are here" in page
    version = queries.version_offered("card")
    page = client.get(reverse("forms:version", kwargs={"pk": version.pk})).text
    assert "Based on" in page
    assert "UNIAP" in page
    assert "Not verified" in page
    assert "Record the adoption" not in page  # the authority says so, nobody else


def test_who_adds_no_forms_is_not_offered_the_shipped_ones(client, signed_in):
    signed_in()
    assert "come with the program" not in client.get(reverse("forms:list")).text
    said = client.post(reverse("forms:shipped"), follow=True).text
    assert str(NotYourRole.words) in said
    assert not FormVersion.objects.exists()


def test_the_authority_records_that_it_adopted_a_version(client, signed_in):
    signed_in(Role.AUTHORITY)
    version = form_version()
    address = reverse("forms:adoption", kwargs={"pk": version.pk})
    empty = client.post(address, {"adopted_on": "", "reference": ""})
    assert empty.status_code == 422
    assert "There is a problem" in empty.text
    page = client.post(
        address, {"adopted_on": "2026-03-01", "reference": "Circular 7"}, follow=True
    ).text
    assert "Adopted by the authority on" in page
    assert "Circular 7" in page
    assert "Not verified" not in page
    again = client.post(address, {"adopted_on": "2026-03-02", "reference": "Circular 8"})
    assert "recorded already" in again.text


def test_an_adoption_is_taken_back_and_stays_to_be_read(client, signed_in):
    who = signed_in(Role.AUTHORITY)
    version = form_version()
    said = {"adopted_on": NOW.date(), "reference": "Circular 7"}
    services.record_adoption(version, **said, by=who, at=NOW)
    back = reverse("forms:adoption-back", kwargs={"pk": version.pk})
    assert "There is a problem" in client.post(back, {"because": ""}).text
    page = client.post(back, {"because": "Circular 9 repeals it"}, follow=True).text
    assert "Not verified" in page
    assert "Circular 9 repeals it" in page
    assert "No adoption of this version stands" in client.post(back, {"because": "again"}).text
    services.record_adoption(version, **said, by=who, at=NOW)
    with pytest.raises(DatabaseError, match="keeps what it was given"), transaction.atomic():
        FormAdoption.objects.filter(taken_back_at=None).update(reference="Circular 8")
    with pytest.raises(DatabaseError), transaction.atomic():
        FormAdoption.objects.exclude(taken_back_at=None).update(taken_back_because="other")


MANY = """insert into questionnaires_submission
  (version_id, number, instance_id, xml, answers, sha256, state, deprecated_id, is_encrypted,
   awaits_files, is_practice, received_at, received_from_id, agency_id, case_number)
select %s, 'SB-' || n, 'uuid:' || n, '', '', md5(n::text), 'received', '', false, false, false,
  now(), %s, %s, '' from generate_series(1, 20000) n"""


def test_twenty_thousand_filled_forms_are_a_file_in_under_three_seconds(client, signed_in, acting):
    who = signed_in(Role.REGISTRAR)
    version = form_version()
    acting(who)
    with connection.cursor() as cursor:
        cursor.execute(MANY, [version.pk, who.pk, who.agency_id])
    began = time.process_time(), time.perf_counter()
    rows = client.get(reverse("forms:submissions-csv")).content.decode().splitlines()
    took = time.process_time() - began[0], time.perf_counter() - began[1]
    print(f"20,000 filled forms as CSV: {took[0]:.2f} s of this processor, {took[1]:.2f} s in all")
    assert (len(rows), rows[0][1:].split(",")[0]) == (20_001, "number")
    assert took[0] < 3
    client.force_login(officer(Role.REGISTRAR))
    assert len(client.get(reverse("forms:submissions-csv")).content.decode().splitlines()) == 1


def test_a_list_of_the_register_goes_out_to_the_questionnaire_by_its_name(
    client, signed_in, settings
):
    settings.HELP_NUMBERS = [("Invented line", "000")]
    signed_in(Role.AUTHORITY)
    client.post(reverse("forms:shipped"))
    version = queries.version_offered("card")
    found = client.get(
        reverse("forms:media", kwargs={"pk": version.pk, "name": "help_numbers.csv"})
    )
    assert b"000" in found.content
    assert "attachment" in found["Content-Disposition"]
    other = reverse("forms:media", kwargs={"pk": version.pk, "name": "posts.csv"})
    assert client.get(other).status_code == 404

"""What answers become is shown beside the form and the answers; what waits is taken over here."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from mekhala.intake.models import KeptMapping, Taken
from mekhala.pathway.encounter.models import Case, Encounter
from mekhala.safeguards.access.purposes import Role
from tests.builders import NOW, officer
from tests.builders_agreements import new_token
from tests.builders_intake import MAPPING, sent, taken, talk, talk_version


def _page(name, **more):
    return reverse(f"forms:{name}", kwargs=more)


def _file(text):
    return {"file": SimpleUploadedFile("talk.toml", text.encode())}


@pytest.fixture
def author(client, db, acting):
    who = officer(Role.ADMINISTRATOR)
    client.force_login(who)
    return who


def test_beside_each_question_stands_what_its_answer_becomes(client, author):
    version = talk_version(by=author)
    words = client.get(_page("version", pk=version.pk)).text
    assert "Becomes" in words
    assert "The encounter: urgent needs (safe_place → safety; none → nothing)" in words
    assert "Nothing: Stays with the answers" in words
    assert "If no: nothing is opened. Not safe" in words


def test_a_faulty_mapping_is_refused_with_every_fault_in_words(client, author):
    version = talk_version(by=author, mapping="")
    wrong = MAPPING.replace('question = "age" }', 'question = "agee" }')
    wrong = wrong.replace('safe_place = "safety", ', "").replace('note = "Stays', 'why = "Stays')
    page = client.post(_page("mapping", pk=version.pk), _file(wrong))
    assert page.status_code == 422
    assert "the form has no question “agee”; the nearest is “age”" in page.text
    assert "the choice “safe_place” of needs has no meaning" in page.text
    assert "The answer to note is not mapped" in page.text
    assert not KeptMapping.objects.exists()


def test_a_mapping_that_fits_is_kept_once(client, author):
    version = talk_version(by=author, mapping="")
    for _twice in range(2):
        assert client.post(_page("mapping", pk=version.pk), _file(MAPPING)).status_code == 302
    assert KeptMapping.objects.count() == 1
    assert "Mapping 1 of this form" in client.get(_page("mapping", pk=version.pk)).text


def test_who_may_not_add_forms_adds_no_mapping_and_maps_nothing_again(client, author):
    version = talk_version(by=author)
    client.force_login(officer())
    page = client.post(_page("mapping", pk=version.pk), _file(MAPPING + "\n# changed"))
    assert "another role" in page.text
    client.post(_page("mapping-again", pk=version.pk))
    assert KeptMapping.objects.count() == 1


def test_the_answers_say_what_they_became_and_lead_to_the_case(client, author):
    talk_version(by=author)
    by = officer()
    form = sent(by, talk())
    taken(by, form)
    number = Case.objects.get().number
    client.force_login(by)
    words = client.get(_page("submission", pk=form.pk)).text
    assert f'href="/cases/{number}/"' in words
    assert "A screening" in words
    client.force_login(officer(at=by.agency))
    words = client.get(_page("submission", pk=form.pk)).text
    assert "not open to you" in words
    assert f'href="/cases/{number}/"' not in words


def test_what_waits_is_on_the_list_of_the_day_and_is_opened_by_hand(client, author, acting):
    talk_version(by=author)
    by = officer()
    form = sent(by, talk(place="", age="17"))
    taken(by, form)
    client.force_login(by)
    assert "Filled forms that wait" in client.get("/today/").text
    words = client.get(_page("submission", pk=form.pk)).text
    assert "An answer is missing" in words
    assert "<code>place</code>" in words
    page = client.get(f"/encounters/new/?submission={form.pk}")
    assert page.context["form"]["age"].initial == 17
    assert page.context["form"]["urgent_needs"].initial == ["safety"]
    told = {
        "submission": form.pk, "met_at": "2026-03-09T09:30", "province": "12",
        "sex": "female", "age_certainty": "known", "age": "20", "consents_to_go_on": "yes",
    }  # fmt: skip
    assert client.post("/encounters/new/", told).status_code == 302
    acting(by)
    assert Taken.objects.get().state == "done"
    assert "Filled forms that wait" not in client.get("/today/").text
    acting(by)
    taken(by, form)
    assert (Case.objects.get().age, Encounter.objects.count()) == (20, 1)


def test_an_edit_of_what_was_opened_by_hand_is_left_to_a_person(client, author, acting):
    from mekhala.pathway.encounter import services

    talk_version(by=author)
    by = officer()
    form = sent(by, talk())
    services.open_case(by=by, at=NOW, met_at=NOW, place_code="12", submission=form)
    row = taken(by, sent(by, talk("uuid:2", edits="uuid:1", age="44")))
    assert row.why == "by_officer"
    assert Case.objects.get().age is None


def test_an_edit_is_told_on_the_page_of_what_it_replaced(client, author):
    talk_version(by=author)
    by = officer()
    first = sent(by, talk())
    sent(by, talk("uuid:2", edits="uuid:1"))
    client.force_login(by)
    assert "only that one counts" in client.get(_page("submission", pk=first.pk)).text


def test_a_registrar_takes_over_what_a_colleague_could_not(client, author, acting):
    talk_version(by=author)
    by = officer(Role.PROVIDER)  # meets people and may open no case
    form = sent(by, talk())
    assert taken(by, form).refusal == "NotYourRole"
    who = officer(Role.REGISTRAR, at=by.agency)
    client.force_login(who)
    assert "This act belongs to another role" in client.get(_page("submission", pk=form.pk)).text
    assert client.post(_page("take", pk=form.pk)).status_code == 302
    acting(who)
    assert Taken.objects.get().state == "done"


def test_a_program_asks_which_forms_wait(client, author, acting):
    talk_version(by=author)
    by = officer()
    taken(by, sent(by, talk(place="")))
    token = new_token(by, "a program")
    headers = {"Authorization": f"Bearer {token}"}
    (said,) = client.get("/api/v1/waiting-submissions", headers=headers).json()
    assert (said["instance_id"], said["why"], said["question"]) == ("uuid:1", "unanswered", "place")


def test_the_pages_ask_the_database_at_most_twelve_times(
    client, author, django_assert_max_num_queries
):
    version = talk_version(by=author)
    by = officer()
    form = sent(by, talk())
    taken(by, form)
    client.force_login(by)
    for name, pk in (("version", version.pk), ("mapping", version.pk), ("submission", form.pk)):
        with django_assert_max_num_queries(12):
            assert client.get(_page(name, pk=pk)).status_code == 200

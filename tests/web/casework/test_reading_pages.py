"""Reading a file on its page: the question, a last look, the act; nobody sees another's answer."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from mekhala.pathway.determination import queries, services
from mekhala.pathway.determination.models import Decision, FactRequest, Reading
from tests import passkeys
from tests.builders import NOW
from tests.builders_casework import (
    MADE_OUT,
    REFUSED,
    authority,
    believed,
    read,
    referred,
    registrar,
    told,
)
from tests.builders_reading import (
    NEGATIVE,
    READING,
    post,
    refused,
    seen,
    signed_in,
    text,
    without_means,
)

SOME = {c: v for c, v in MADE_OUT.items() if not c.startswith("means")}


def _where(file, page="decision/"):
    return f"/cases/{file.case_id}/{page}"


def test_the_question_its_standard_and_its_clock_stand_on_the_page(db):
    (reader, *_) = authority()
    file = referred()
    page = text(signed_in(reader).get(_where(file)))
    assert "Your reading: Reasonable grounds" in page
    assert "are there reasonable grounds to believe" in page
    assert "lower than a balance of probabilities" in page
    assert "To be answered by Monday, 16 March 2026" in page
    assert "checked" not in re.sub("yet checked", "", page)


def test_a_reading_is_shown_once_more_before_it_is_recorded(db, acting):
    (reader, *_) = authority()
    file, client = referred(), signed_in(reader)
    page = text(post(client, _where(file)))
    assert "Check your reading before it is recorded" in page
    assert "Each element is made out" in page
    assert "goes with what the rule gives" in page
    acting(reader)
    assert not Reading.objects.exists()
    answer = post(client, _where(file), "confirm")
    assert answer.url == _where(file)
    acting(reader)
    assert Reading.objects.get().reasons == "The offer was a lie."
    assert "Another officer reads the file" in text(client.get(_where(file)))


def test_change_leads_back_with_everything_typed(db, acting):
    (reader, *_) = authority()
    file = referred()
    page = text(post(signed_in(reader), _where(file), "change"))
    assert "The offer was a lie." in page
    assert "Check your reading" not in page
    assert "There is a problem" not in page
    acting(reader)
    assert not Reading.objects.exists()


def test_a_negative_says_what_stays_before_it_is_confirmed(db):
    (reader, *_) = authority()
    file = without_means()
    page = text(post(signed_in(reader), _where(file), **NEGATIVE))
    for words in ("What stays", "Help goes on", "two agencies", "may ask again", "plain words"):
        assert words in page


def test_the_next_reader_does_not_see_the_first_answer(db, acting):
    first, second, _ = authority()
    file = referred()
    post(signed_in(first), _where(file), "confirm", reasons="Only mine.")
    page = text(signed_in(second).get(_where(file)))
    assert "Only mine." not in page
    assert "Another officer" not in page
    acting(first)
    assert Reading.objects.count() == 1


def test_two_readings_that_agree_decide_and_the_second_question_opens(db):
    first, second, _ = authority()
    file = referred()
    post(signed_in(first), _where(file), "confirm")
    client = signed_in(second)
    assert post(client, _where(file), "confirm").url == _where(file, "reasons/")
    page = text(client.get(_where(file, "reasons/")))
    assert "Two readings agree: Reasonable grounds" in page
    assert "Palermo Protocol, Article 3" in page
    page = text(client.get(_where(file)))
    assert "more likely than not" in page
    assert "Nobody decides before" in page


def test_readings_that_differ_say_so_only_to_who_read(db):
    first, second, third = authority()
    file = referred()
    post(signed_in(first), _where(file), "confirm")
    more = {"answer": REFUSED, "grounds": ["other"], "differs_because": "A family visit."}
    post(signed_in(second), _where(file), "confirm", **more)
    assert "A further officer reads" in text(signed_in(second).get(_where(file)))
    page = text(signed_in(third).get(_where(file)))
    assert "A family visit." not in page
    assert "A further officer" not in page


@pytest.mark.parametrize(
    ("more", "words", "field"),
    [
        ({"answer": REFUSED, "grounds": ["other"]}, "differs from what the rule gives", "differs"),
        ({"answer": ""}, "There is a problem", "answer"),
        ({"no_tie": ""}, "Say that you have no tie", "no_tie"),
        ({"grounds": []}, "Choose at least one.", "grounds"),
        ({"grounds": ["no_means"]}, "ground that goes with your answer", "grounds"),
        ({"seen": "old"}, "Something was added to the file", ""),
    ],
)
def test_what_is_refused_is_said_at_its_field_and_keeps_what_was_typed(
    db, acting, more, words, field
):
    (reader, *_) = authority()
    file = referred()
    page = text(post(signed_in(reader), _where(file), **more))
    assert words in page
    assert "The offer was a lie." in page
    assert f'href="#id_{field}' in page or not field
    acting(reader)
    assert not Reading.objects.exists()


def test_a_fact_added_between_the_last_look_and_confirming_is_looked_at_first(db, acting):
    first, second, _ = authority()
    file, client = referred(), signed_in(first)
    before = seen(client, _where(file))
    told(file, second, {"means.deception": False})
    page = text(client.post(_where(file), READING | {"seen": before, "step": "confirm"}))
    assert "Something was added to the file" in page
    assert seen(client, _where(file)) != before
    acting(first)
    assert not Reading.objects.exists()


def test_an_unknown_element_bars_a_negative_and_is_asked_for(db, acting):
    (reader, *_) = authority()
    file, client = referred(answers=SOME), signed_in(reader)
    page = text(post(client, _where(file), **NEGATIVE))
    assert "cannot be decided: Means" in page
    assert "Unknown does not count against the person" in page
    asked = {
        "answer": "facts_first", "codes": ["means.threat", "means.deception"], "grounds": [],
        "question": "Who held the passport?", "asked_of": "screening", "no_tie": "", "reasons": "",
    }  # fmt: skip
    assert post(client, _where(file), **asked).url == _where(file)
    acting(reader)
    assert {r.code for r in FactRequest.objects.all()} == {"means.threat", "means.deception"}
    assert {r.asked_of_id for r in FactRequest.objects.all()} == {file.screened_by_id}
    page = text(client.get(_where(file)))
    assert "What is asked for" in page
    assert "Who held the passport?" in page
    assert 'value="means.threat"' not in page


def test_facts_that_are_needed_first_are_named_and_asked_in_words(db, acting):
    (reader, *_) = authority()
    file = referred(answers=SOME)
    page = text(post(signed_in(reader), _where(file), answer="facts_first", grounds=[]))
    for field in ("codes", "question", "asked_of"):
        assert f'href="#id_{field}' in page
    acting(reader)
    assert not FactRequest.objects.exists()


def test_nobody_reads_while_the_person_recovers_and_what_was_typed_stays(db, acting):
    readers = authority()
    file = believed(referred(), *readers[:2])
    acting(readers[2])
    type(file).objects.filter(pk=file.pk).update(
        not_before=timezone.localdate() + timedelta(days=5)
    )
    client = signed_in(readers[2])
    page = text(post(client, _where(file), answer="ActualVictimOfTrafficking"))
    assert "The time to recover and reflect still runs" in page
    assert "The offer was a lie." in page


def test_who_read_for_the_decision_is_told_that_another_officer_reads_it_again(db, acting):
    readers = authority(5)
    old = refused(readers)
    acting(readers[2])
    services.ask_again(
        decision=old, grounds=["guidance"], because="Coercion was left out.", by=readers[2],
        at=NOW + timedelta(days=3),
    )  # fmt: skip
    page = text(signed_in(readers[0]).get(f"/cases/{old.case_id}/decision/"))
    assert "another officer must read the file" in page
    assert 'name="answer"' not in page


def test_a_tie_closes_the_case_to_the_officer_at_once(db, acting):
    first, second, _ = authority()
    file, client = referred(), signed_in(first)
    assert "I have a tie" in text(client.get(_where(file, "tie/")))
    assert client.post(_where(file, "tie/")).url == "/today/"
    assert "Your tie was recorded" in text(client.get("/today/"))
    assert client.get(_where(file)).status_code == 404
    assert signed_in(second).get(_where(file)).status_code == 200


def test_a_sign_in_of_long_ago_is_renewed_before_anything_is_recorded(db, acting):
    (reader, *_) = authority()
    passkey = passkeys.give(reader)
    file, client = referred(), signed_in(reader, minutes_ago=16)
    answer = post(client, _where(file), "confirm")
    assert answer.url.startswith("/account/second-factor/webauthn/reauthenticate/")
    acting(reader)
    assert not Reading.objects.exists()
    answer = passkeys.show(client, passkey, reader, answer.url)
    assert answer.url == _where(file)
    acting(reader)
    assert Reading.objects.get().reader == reader
    assert "account_reauthentication_state" not in client.session


def test_a_passkey_of_somebody_else_or_a_password_records_nothing(db, acting):
    (reader, *_) = authority()
    passkeys.give(reader)
    file, client = referred(), signed_in(reader, minutes_ago=16)
    address = post(client, _where(file), "confirm").url
    assert passkeys.show(client, passkeys.Passkey(), reader, address).status_code == 302
    told = {"password": "an invented password"}
    assert "webauthn" in client.post("/account/reauthenticate/", told).url
    acting(reader)
    assert not Reading.objects.exists()


def test_a_question_decided_meanwhile_is_told_in_words_and_keeps_what_was_typed(db, acting):
    readers = authority(5)
    file = without_means()
    client = signed_in(readers[2])
    before = seen(client, _where(file))
    refused(readers, file)
    page = text(client.post(_where(file), READING | NEGATIVE | {"seen": before, "step": "check"}))
    assert "The offer was a lie." in page
    assert "This file is decided" in page


def test_every_decision_of_the_case_stands_with_its_reasons_the_newest_first(db, acting):
    readers = authority(5)
    old = refused(readers)
    acting(readers[2])
    again = services.ask_again(
        decision=old, grounds=["new_evidence"], because="Her contract has come.",
        by=readers[2], at=NOW + timedelta(days=3),
    )  # fmt: skip
    told(again, readers[2], {"means.threat": True}, kind="document", manner="document", hours=80)
    for reader in readers[2:4]:
        read(again, reader, days=4, differs_because="The contract shows it.")
    page = text(signed_in(readers[2]).get(f"/cases/{old.case_id}/reasons/"))
    heads = re.findall(r'id="decision-\d">([^<]+)', page)
    assert [head.strip() for head in heads] == ["Reasonable grounds", "Not established"]
    assert "Replaced by a later decision" in page
    assert "It replaces an earlier decision." in page
    assert "The facts fit smuggling" in page


def test_the_registrar_sees_the_decision_and_not_the_readings(db):
    first, second, _ = authority()
    here = registrar()
    file = referred()
    read(file, first, reasons="Only for colleagues.")
    read(file, second)
    client = signed_in(here)
    page = text(client.get(_where(file, "reasons/")))
    assert 'id="decision-1">Reasonable grounds' in page
    assert "Only for colleagues." not in page
    for closed in ("decision/", "clock/", "tie/"):
        assert client.get(_where(file, closed)).status_code == 404


@pytest.mark.parametrize("page", ["decision/", "clock/", "reasons/", "reconsideration/"])
def test_pages_need_few_queries(db, acting, page, django_assert_max_num_queries):
    readers = authority(5)
    old = refused(readers)
    acting(readers[2])
    if page in ("decision/", "clock/"):
        services.ask_again(
            decision=old, grounds=["new_evidence"], because="Her contract.", by=readers[2],
            at=NOW + timedelta(days=3),
        )  # fmt: skip
    client = signed_in(readers[3])
    with django_assert_max_num_queries(14):
        assert client.get(f"/cases/{old.case_id}/{page}").status_code == 200


def test_who_has_read_sees_the_own_reading_in_few_queries(db, django_assert_max_num_queries):
    (reader, *_) = authority()
    file = referred()
    read(file, reader)
    client = signed_in(reader)
    with django_assert_max_num_queries(15):
        assert "Your reading was recorded" in text(client.get(_where(file)))


def test_a_positive_needs_no_second_agency_and_a_negative_does(db, acting):
    first, _second, third = authority(3)  # the first and the third are of one agency
    file = without_means()
    for reader in (first, third):
        post(signed_in(reader), _where(file), "confirm", **NEGATIVE)
    acting(first)
    assert Reading.objects.count() == 2
    assert not Decision.objects.exists()
    assert queries.open_file_of(file.case) is not None


def test_a_title_says_once_that_something_is_missing(db):
    (reader, *_) = authority()
    file = referred()
    page = signed_in(reader).post(_where(file, "decision/"), {}).content.decode()
    assert page.split("<title>")[1].split("</title>")[0].count("Error:") == 1

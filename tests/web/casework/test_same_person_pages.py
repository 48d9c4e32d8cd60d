"""The pages on which an officer says who is one person."""

import pytest
from django.test import Client

from mekhala.pathway.registration import same_person
from mekhala.pathway.registration.models import Registration
from mekhala.safeguards.access.acting import become
from mekhala.safeguards.access.purposes import Role
from mekhala.safeguards.agencies.models import AgencyKind
from mekhala.web.casework.registration.likeness_words import WORDS
from tests.builders import agency, case, officer
from tests.builders_help import decision
from tests.builders_same_person import AGAIN, MUM, opened_to, person_of, social_worker

WHY = "She showed the same card."


def page(number):
    return f"/registrations/{number}/same-person/"


def get(client, who, number):
    client.force_login(who)
    return client.get(page(number))


def answer(number, said="same", because=WHY):
    return {f"{number}-answer": said, f"{number}-because": because}


def numbers(who, made):
    become(who.pk)
    return [other.number for other in same_person.cases_of_same_person(made)]


@pytest.fixture
def pair(db):
    """Return a social worker and two cases of hers that may be of one person."""
    me = social_worker()
    return me, person_of(me, MUM), person_of(me, AGAIN)


def test_two_people_stand_side_by_side_with_words_and_no_percentage(client, pair):
    me, first, again = pair
    told = get(client, me, again.number).content.decode()
    for words in (first.number, "Srey Mom", "Sreymom", "the same day", "near", "Why suggested",
                  "fewer than 10 people here share this name and year"):  # fmt: skip
        assert words in told, words
    assert (
        told.count('aria-labelledby="possible-1"') == 1
    )  # two regions of one name confuse readers
    assert '<details class="govuk-details" open>' in told
    main = told.split("<main")[1]
    assert "%" not in main.replace("%20", "")
    assert "01020304" not in main
    assert "01020305" not in main
    assert "checked" not in main


def test_saying_the_same_joins_and_goes_on_and_the_case_page_says_so(client, pair):
    me, first, again = pair
    client.force_login(me)
    gone = client.post(page(again.number), answer(first.number))
    assert (gone.status_code, gone["Location"]) == (302, f"/cases/{again.number}/")
    assert numbers(me, again) == [first.number]
    assert first.number in client.get(f"/cases/{again.number}/").content.decode()
    assert "Nobody else was found" in get(client, me, again.number).content.decode()


def test_who_enters_somebody_is_shown_first_who_it_may_be(client, pair):
    me, first, again = pair
    decision(again)
    opened_to(me, again)
    at = f"/cases/{again.number}/registration/"
    client.force_login(me)
    shown = client.post(at, follow=True)
    assert shown.redirect_chain == [(f"{page(again.number)}?before=entering", 302)]
    assert "Not entered in the register yet" in shown.text
    assert first.number in shown.text
    become(me.pk)
    assert not Registration.objects.exists()
    assert client.post(at, follow=True).redirect_chain  # pressed again, nothing was answered
    become(me.pk)
    assert not Registration.objects.exists()
    client.post(f"{page(again.number)}?before=entering", answer(first.number))
    assert client.post(at, follow=True).redirect_chain == [(at, 302)]
    become(me.pk)
    assert Registration.objects.count() == 1


def test_who_enters_somebody_nobody_is_like_is_not_stopped(client, db):
    me = social_worker()
    alone = person_of(me, MUM)
    decision(alone)
    opened_to(me, alone)
    client.force_login(me)
    client.post(f"/cases/{alone.number}/registration/")
    become(me.pk)
    assert Registration.objects.count() == 1


def test_while_the_key_service_is_down_somebody_is_entered_all_the_same(client, pair, settings):
    me, _first, again = pair
    decision(again)
    opened_to(me, again)
    client.force_login(me)
    settings.KEYS_SOCKET = "nowhere"
    client.post(f"/cases/{again.number}/registration/")
    become(me.pk)
    assert Registration.objects.count() == 1


def test_without_an_answer_or_a_reason_nothing_is_kept_and_what_was_typed_stays(client, pair):
    me, first, again = pair
    client.force_login(me)
    told = client.post(page(again.number), answer(first.number, because="")).content.decode()
    assert "Say why" in told
    assert 'value="same"' in told.split("checked")[0]
    told = client.post(page(again.number), {f"{first.number}-because": WHY}).content.decode()
    assert "Say the same, different, or cannot tell." in told
    assert WHY in told
    assert numbers(me, again) == []


def test_at_most_two_are_on_one_screen_in_the_order_of_their_numbers(client, pair):
    me, first, again = pair
    more = [person_of(me, MUM), person_of(me, MUM)]
    told = get(client, me, again.number).content.decode()
    expected = sorted(one.number for one in (first, *more))
    assert [n in told for n in expected] == [True, True, False]
    assert told.index(expected[0]) < told.index(expected[1])
    assert "1 more is shown" in told
    client.force_login(me)
    gone = client.post(page(again.number), answer(expected[0]) | answer(expected[1], "different"))
    assert gone["Location"] == page(again.number)
    assert expected[2] in client.get(page(again.number)).content.decode()


def test_of_a_case_that_is_not_open_only_that_it_will_be_asked(client, db):
    theirs, me = social_worker(), social_worker()
    known, again = person_of(theirs, MUM), person_of(me, AGAIN)
    told = get(client, me, again.number).content.decode()
    assert "Another agency may know this person. It will be asked." in told
    for secret in (known.number, "Sreymom", str(theirs.agency), MUM["native_name"]):
        assert secret not in told
    become(theirs.pk)
    assert same_person.asked_of_me() == []  # looking asks nobody
    client.post(page(again.number))
    become(theirs.pk)
    assert len(same_person.asked_of_me()) == 1
    told = get(client, me, again.number).content.decode()
    assert "Another agency may know this person. It was asked." in told
    assert "It will be asked" not in told


def test_the_other_agency_answers_from_today_without_seeing_the_asker(client, db):
    theirs, me = social_worker(), social_worker()
    known, again = person_of(theirs, MUM), person_of(me, AGAIN)
    client.force_login(me)
    client.post(page(again.number))
    other = Client()
    other.force_login(theirs)
    today = other.get("/today/").content.decode()
    assert "Asked by another agency" in today
    link = today.split('href="/registrations/asked/')[1].split('"')[0]
    asked = other.get(f"/registrations/asked/{link}").content.decode()
    assert known.number in asked
    for secret in (again.number, "Srey Mom", str(me.agency), me.shown_as):
        assert secret not in asked.split("<main")[1]
    other.post(f"/registrations/asked/{link}", {"answer": "same", "because": WHY})
    assert "Asked by another agency" not in other.get("/today/").content.decode()
    told = get(client, me, again.number).content.decode()
    assert "The same person" in told
    assert WHY not in told
    overview = client.get(f"/cases/{again.number}/").content.decode()
    assert "Another case of the same person exists. It is not open to you." in overview
    assert known.number not in overview


def test_a_question_is_there_for_nobody_else(client, db):
    theirs, me = social_worker(), social_worker()
    person_of(theirs, MUM)
    again = person_of(me, AGAIN)
    client.force_login(me)
    client.post(page(again.number))
    become(theirs.pk)
    (question,) = same_person.asked_of_me()
    for other in (me, social_worker(), officer(Role.AUTHORITY), officer(Role.JUSTICE)):
        client.force_login(other)
        assert client.get(f"/registrations/asked/{question.id}/").status_code == 404


def test_what_was_said_is_taken_back_with_a_reason(client, pair):
    me, first, again = pair
    become(me.pk)
    join = same_person.judge(again, first.number, "same", WHY, by=me, at=again.opened_at)
    client.force_login(me)
    address = f"{page(again.number)}{join}/"
    assert WHY in client.get(address).content.decode()
    assert client.post(address, {"answer": "different", "because": ""}).status_code == 200
    assert numbers(me, again) == [first.number]
    gone = client.post(address, {"answer": "different", "because": "Two sisters."})
    assert gone.status_code == 302
    assert numbers(me, again) == []
    assert client.get(address).status_code == 404  # it stands no more


@pytest.mark.parametrize("kind", [AgencyKind.POLICE, AgencyKind.BORDER, AgencyKind.COURT])
def test_police_border_and_court_never_reach_the_page(client, db, kind):
    theirs = officer(Role.REGISTRAR, at=agency(kind))
    made = case(theirs)
    assert get(client, theirs, made.number).status_code == 404


@pytest.mark.parametrize("role", [r for r in Role if r != Role.REGISTRAR])
def test_no_other_role_reaches_the_page(client, pair, role):
    _me, first, _again = pair
    other = officer(role)
    opened_to(other, first)
    assert get(client, other, first.number).status_code == 404


def test_a_closed_case_and_an_absent_one_are_told_alike(client, pair):
    _me, first, _again = pair
    stranger = social_worker()
    assert get(client, stranger, first.number).status_code == 404


def test_while_the_key_service_is_down_the_page_says_so_and_lets_go_on(client, pair, settings):
    me, _first, again = pair
    settings.KEYS_SOCKET = "nowhere"
    told = get(client, me, again.number)
    assert "cannot be shown now" in told.content.decode()
    assert client.post(page(again.number)).status_code == 302


def test_every_level_of_the_linker_has_words_of_ours():
    from mekhala.core.matching.linker.comparisons import COMPARISONS

    theirs = {c.field: {level.code for level in c.levels} for c in COMPARISONS}
    assert {field: set(levels) for field, levels in WORDS.items()} == theirs

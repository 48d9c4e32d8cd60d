"""Who is one person is said by officers, with reasons, and can be taken apart again."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction

from mekhala.core.wrong_input import WrongInput
from mekhala.pathway.registration import errors, same_person
from mekhala.pathway.registration.models import SamePersonJudgement
from mekhala.safeguards.access.acting import become
from mekhala.safeguards.access.errors import NotYourRole
from mekhala.safeguards.access.purposes import Purpose, Role
from mekhala.safeguards.agencies.models import AgencyKind
from tests.builders import NOW, agency, case, officer, open_to
from tests.builders_same_person import AGAIN, MUM, looked, opened_to, person_of, social_worker
from tests.log import Entry

WHY = "She showed the same card."


def cases(who, count=3):
    made = [case(who) for _one in range(count)]
    become(who.pk)
    return made


def said(who, one, other, answer="same", because=WHY, at=NOW):
    return same_person.judge(one, other.number, answer, because, by=who, at=at)


def numbers(made):
    return [other.number for other in same_person.cases_of_same_person(made)]


def test_a_candidate_however_alike_is_joined_by_nobody_but_an_officer(db):
    me = social_worker()
    first, again = person_of(me, MUM), person_of(me, MUM)
    (found,) = looked(me, again)
    assert found.weighed.probability > 0.95
    assert numbers(first) == numbers(again) == []


def test_cases_said_to_be_the_same_are_one_person_from_each_side(db):
    me = social_worker()
    one, two, three = cases(me)
    said(me, one, two)
    said(me, three, two)
    assert sorted(numbers(one)) == sorted([two.number, three.number])
    assert sorted(numbers(two)) == sorted([one.number, three.number])


@pytest.mark.parametrize("answer", ["different", "cannot_tell"])
def test_any_other_answer_joins_nobody(db, answer):
    me = social_worker()
    one, two, _three = cases(me)
    said(me, one, two, answer)
    assert numbers(one) == []


def test_a_standing_no_between_two_of_them_joins_nobody_until_one_is_taken_back(db):
    me = social_worker()
    one, two, three = cases(me)
    said(me, one, two)
    said(me, two, three)
    no = said(me, one, three, "different")
    assert numbers(one) == numbers(two) == numbers(three) == []
    same_person.take_back(one, no, "cannot_tell", "The paper was another's.", by=me, at=NOW)
    assert len(numbers(one)) == 2


def test_taking_apart_loses_nothing_and_needs_a_reason(db):
    me = social_worker()
    one, two, _three = cases(me)
    join = said(me, one, two)
    with pytest.raises(errors.BecauseMissing):
        same_person.take_back(one, join, "different", "  ", by=me, at=NOW)
    same_person.take_back(two, join, "different", "Two sisters.", by=me, at=NOW + timedelta(1))
    assert numbers(one) == []
    kept = same_person.judgements(one)
    assert [(j.answer, j.because, j.stands) for j in kept] == [
        ("same", WHY, False), ("different", "Two sisters.", True),
    ]  # fmt: skip


def test_a_judgement_is_taken_back_once(db):
    me = social_worker()
    one, two, _three = cases(me)
    join = said(me, one, two)
    same_person.take_back(one, join, "different", "Two sisters.", by=me, at=NOW)
    with pytest.raises(errors.JudgedMeanwhile):
        same_person.take_back(one, join, "same", "One after all.", by=me, at=NOW)


def test_of_two_officers_who_answer_at_once_the_second_is_told(db):
    me, other = social_worker(), social_worker()
    one, two, _three = cases(me)
    opened_to(other, one)
    opened_to(other, two)
    become(me.pk)
    said(me, one, two)
    become(other.pk)
    with pytest.raises(errors.JudgedMeanwhile):
        said(other, two, one, "different")
    assert numbers(one) == [two.number]


def test_the_reason_lies_sealed(db):
    me = social_worker()
    one, two, _three = cases(me)
    said(me, one, two)
    with connection.cursor() as cursor:
        cursor.execute("select because from registration_judgements(%s)", [one.number])
        lies = bytes(cursor.fetchone()[0])
    assert b"card" not in lies


def test_the_act_is_noted_without_the_other_case_and_without_words(db):
    me = social_worker()
    one, two, _three = cases(me)
    said(me, one, two)
    (noted,) = Entry.objects.filter(act="registration.same_person_judged")
    assert noted.subject == one.number
    assert two.number not in str(noted.details)
    assert "card" not in str(noted.details)


def test_who_has_only_one_of_the_cases_says_nothing_of_the_other(db):
    me, other = social_worker(), social_worker()
    one, (two, *_rest) = case(me), cases(other)
    become(me.pk)
    with pytest.raises(errors.NotOneOfThese):
        said(me, one, two)


@pytest.mark.parametrize("kind", [AgencyKind.POLICE, AgencyKind.BORDER, AgencyKind.COURT])
def test_police_border_and_court_say_nothing(db, kind):
    theirs = officer(Role.REGISTRAR, at=agency(kind))
    one, two, _three = cases(theirs)
    with pytest.raises(NotYourRole):
        said(theirs, one, two)


def test_an_answer_that_is_none_is_refused_in_words(db):
    me = social_worker()
    one, two, _three = cases(me)
    with pytest.raises(WrongInput, match="expected one of same, different, cannot_tell"):
        said(me, one, two, "perhaps")


def test_another_case_of_the_person_that_is_not_open_is_told_without_its_number(db):
    me, other = social_worker(), social_worker()
    one, two, _three = cases(me)
    said(me, one, two)
    opened_to(other, one)
    (found,) = same_person.cases_of_same_person(one)
    assert (found.number, found.opened_at) == (None, None)
    assert same_person.judgements(one) == []


@pytest.mark.parametrize("purpose", [Purpose.SUPPORT, Purpose.JUSTICE])
def test_who_supports_or_prosecutes_is_told_nothing(db, purpose):
    me = social_worker()
    one, two, _three = cases(me)
    said(me, one, two)
    helper = officer(Role.PROVIDER if purpose == Purpose.SUPPORT else Role.JUSTICE)
    open_to(helper, one.number, purpose, by=me)
    become(helper.pk)
    assert same_person.cases_of_same_person(one) == []
    assert same_person.judgements(one) == []


def asked():
    """Return an asker with a case, and who opened a case that may be of the same person."""
    theirs, me = social_worker(), social_worker()
    known = person_of(theirs, MUM)
    again = person_of(me, AGAIN)
    found = looked(me, again)
    assert same_person.ask_who_knows(again, found, by=me, at=NOW) == 1
    return me, again, theirs, known


def test_who_knows_the_other_case_is_asked_once_and_told_how_fields_compare_and_no_more(db):
    me, again, theirs, known = asked()
    assert same_person.ask_who_knows(again, looked(me, again), by=me, at=NOW) == 0
    become(theirs.pk)
    (question,) = same_person.asked_of_me()
    assert question.number == known.number
    assert again.number not in str(question)
    assert any(code.startswith("birth:") for code in question.likeness)
    assert not any(said in str(question) for said in AGAIN.values())


def test_the_answer_joins_both_and_tells_the_asker_no_number(db):
    me, again, theirs, known = asked()
    become(theirs.pk)
    (question,) = same_person.asked_of_me()
    same_person.answer_question(question, "same", "She told us of it.", by=theirs, at=NOW)
    assert same_person.asked_of_me() == []
    assert numbers(known) == [None]
    become(me.pk)
    assert same_person.asked(again) == ["same"]
    assert numbers(again) == [None]


def test_an_answer_can_be_taken_back_by_who_gave_it(db):
    me, again, theirs, known = asked()
    become(theirs.pk)
    (question,) = same_person.asked_of_me()
    given = same_person.answer_question(question, "same", "Sure.", by=theirs, at=NOW)
    (kept,) = same_person.judgements(known)
    assert (kept.other, kept.because) == (None, "Sure.")
    same_person.take_back(known, given, "different", "A sister.", by=theirs, at=NOW)
    become(me.pk)
    assert same_person.asked(again) == ["different"]


def test_nobody_else_is_asked_and_nobody_answers_for_them(db):
    _me, _again, theirs, _known = asked()
    become(theirs.pk)
    (question,) = same_person.asked_of_me()
    stranger = social_worker()
    become(stranger.pk)
    assert same_person.asked_of_me() == []
    with (
        pytest.raises(ProgrammingError, match="who knows both"), transaction.atomic(),
        connection.cursor() as cursor,
    ):  # fmt: skip
        cursor.execute(same_person.JUDGE, [
            SamePersonJudgement().id, question.number, None, question.id, None, "same", b"x", NOW,
        ])  # fmt: skip


def test_police_who_opened_the_other_case_are_not_asked(db):
    police, me = officer(at=agency(AgencyKind.POLICE)), social_worker()
    person_of(police, MUM)
    again = person_of(me, AGAIN)
    same_person.ask_who_knows(again, looked(me, again), by=me, at=NOW)
    become(police.pk)
    assert same_person.asked_of_me() == []


def test_nobody_is_asked_about_a_case_of_which_nothing_is_alike(db):
    me, theirs = social_worker(), social_worker()
    one, two = person_of(me, MUM), case(theirs)
    become(me.pk)
    values = [SamePersonJudgement().id, one.number, two.number, [], NOW]
    with (
        pytest.raises(ProgrammingError, match="nothing says"), transaction.atomic(),
        connection.cursor() as cursor,
    ):  # fmt: skip
        cursor.execute(same_person.ASK, values)


@pytest.mark.parametrize("table", ["samepersonjudgement", "samepersonquestion"])
@pytest.mark.parametrize("act", ["select 1 from", "delete from", "insert into"])
def test_nobody_reads_or_writes_a_row(db, table, act):
    tail = " default values" if act.startswith("insert") else ""
    with (
        pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(),
        connection.cursor() as cursor,
    ):  # fmt: skip
        cursor.execute(f"{act} registration_{table}{tail}")

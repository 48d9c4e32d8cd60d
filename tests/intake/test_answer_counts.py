"""Choices are counted as forms are taken over: once, in place of an earlier copy."""

import pytest

from mekhala.forms.models import FormVersion
from mekhala.intake.answer_counts import ANSWERED, _several, chosen_in, counts_of
from mekhala.intake.models import AnswerCount, Taken
from mekhala.intake.queries import asked_of
from mekhala.safeguards.access.acting import acting_for
from mekhala.safeguards.access.purposes import Role
from tests.builders import officer
from tests.builders_intake import sent, taken, talk, talk_version


@pytest.fixture
def version(db):
    talk_version()
    return FormVersion.objects.select_related("form").get(form__form_id="talk")


@pytest.fixture
def by(version, acting):
    return officer()


def counted(question, choice, by):
    with acting_for(by.pk):
        found = AnswerCount.objects.filter(question=question, choice=choice)
        return sum(found.values_list("count", flat=True))


def test_each_choice_of_the_form_is_counted_once_however_often_it_is_taken(by):
    form = sent(by, talk(safe="yes", needs="safe_place"))
    for _again in range(2):
        Taken.objects.filter(submission=form).update(mapping_sha256="0" * 64)
        taken(by, form)
    assert counted("safe", "yes", by) == counted("safe", ANSWERED, by) == 1
    assert counted("needs", "safe_place", by) == 1
    assert counted("safe", "no", by) == 0


def test_an_edit_counts_in_place_of_what_it_corrects(by):
    taken(by, sent(by, talk(safe="no")))
    taken(by, sent(by, talk("uuid:2", edits="uuid:1", safe="yes")))
    assert (counted("safe", "no", by), counted("safe", "yes", by)) == (0, 1)
    assert counted("safe", ANSWERED, by) == 1


def test_words_are_never_counted_even_where_a_choice_should_stand(version):
    said = {"safe": "Sok", "needs": "Sok safe_place", "name": "Sok", "act/act_transfer": None}
    assert chosen_in(said, asked_of(version)) == {
        ("needs", "safe_place"): 1,
        ("needs", ANSWERED): 1,
    }


def test_an_agency_sees_its_own_counts_and_the_authority_all(by):
    taken(by, sent(by, talk(safe="yes")))
    assert counted("safe", "yes", officer()) == 0
    assert counted("safe", "yes", officer(Role.ADMINISTRATOR)) == 0
    assert counted("safe", "yes", officer(Role.ADMINISTRATOR, at=by.agency)) == 1
    assert counted("safe", "yes", officer(Role.AUTHORITY)) == 1


def _counts(by, version, **times):
    with acting_for(by.pk):
        AnswerCount.objects.bulk_create(
            AnswerCount(agency=by.agency, version=version, question="safe", count=count,
                        choice="" if choice == "answered" else choice)
            for choice, count in times.items()
        )  # fmt: skip
        return {
            code: times
            for told in counts_of(version, by.agency)
            for code, _words, times in told.choices
        }


def test_fewer_than_ten_are_not_told_nor_what_gives_them_away(by, version):
    shown = _counts(by, version, answered=73, yes=41, no=28, not_known=4)
    assert shown == {"yes": 40, "no": None, "not_known": None, "not_said": None}


def test_a_choice_nearly_everybody_ticked_tells_who_did_not():
    assert _several([40, 12, 3, 38], of=40) == [40, 12, None, None]


def test_the_page_and_its_file_are_for_the_authority_and_the_administrator(by, version, client):
    _counts(by, version, answered=30, yes=18, no=12)
    page = f"/forms/versions/{version.pk}/answers/"
    client.force_login(officer(Role.AUTHORITY))
    assert "Is it safe?" in client.get(page).text
    rows = client.get(f"/forms/versions/{version.pk}/answers.csv").text.splitlines()
    begins = f"{by.agency.code},talk,1,Is it safe?,30"
    assert f"{begins},yes,Yes,20" in rows
    assert f"{begins},no,No," in rows  # it would tell that nobody said anything else
    assert "Answers, counted" in client.get(f"/forms/versions/{version.pk}/").text
    client.force_login(officer(Role.ADMINISTRATOR))
    assert "No answer to this version is counted yet" in client.get(page).text
    client.force_login(by)
    assert client.get(page).status_code == 404

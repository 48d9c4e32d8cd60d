"""The evidence on the authority's pages: facts, tellings, questions and their answers."""

from datetime import date

import pytest

from mekhala.pathway.determination.models import FactRequest, Finding, Source
from tests.builders import officer
from tests.builders_casework import authority, met, referred
from tests.builders_file import OF_A_PAGE, asked, changed_statement, much, opened, spoken
from tests.log import Entry

TELLING = {
    "kind": "person", "manner": "statement", "who": "co-worker 2", "said_on": "2026-03-04",
    "language": "vi", "interpreting": "unsworn", "present": "the employer",
}  # fmt: skip


@pytest.fixture
def as_(client):
    """Return a function that signs an officer in and returns the client."""

    def sign_in(who):
        client.force_login(who)
        return client

    return sign_in


def _text(response):
    return response.content.decode()


def _main(response):
    return _text(response).split("<main")[1]


def test_an_empty_file_says_that_nothing_was_asked_and_not_that_nothing_is(db, as_):
    file, reader = opened()
    page = _main(as_(reader).get(f"/cases/{file.case_id}/facts/"))
    for words in (
        "What was not asked is not a no", "Nobody has been heard yet",
        "Nobody has been heard a second time", "The file waits for no fact",
    ):  # fmt: skip
        assert words in page


def test_a_telling_is_recorded_and_leads_on_to_its_facts(db, as_, acting):
    file, reader = opened()
    said = as_(reader).post(f"/cases/{file.case_id}/sources/new/", TELLING)
    acting(reader)
    kept = Source.objects.get()
    assert said.url == f"/cases/{file.case_id}/sources/{kept.pk}/facts/"
    assert (kept.who, kept.language, kept.said_on) == ("co-worker 2", "vi", date(2026, 3, 4))
    page = _main(as_(reader).get(f"/cases/{file.case_id}/sources/{kept.pk}/"))
    for words in ("co-worker 2", "Vietnamese", "Through another interpreter", "the employer"):
        assert words in page


def test_many_facts_of_one_telling_are_recorded_on_one_page_in_one_act(db, as_, acting):
    file, reader = opened()
    source = spoken(file, reader, {"act.recruitment": True})
    where = f"/cases/{file.case_id}/sources/{source.pk}/"
    answers = {
        "means.force": "yes", "means.force-words": "He beat me.",
        "means.threat": "no", "means.threat-words": "He never threatened me.",
        "means.fraud": "unknown", "means.fraud-words": "I do not know.",
        "purpose.debt_bondage": "not_said", "purpose.forced_labour": "silent",
    }  # fmt: skip
    assert as_(reader).post(f"{where}facts/", answers).url == where
    acting(reader)
    found = {f.code: (f.made_out, f.because) for f in Finding.objects.filter(source=source)}
    assert found.pop("act.recruitment")
    assert found == {
        "means.force": (True, "He beat me."),
        "means.threat": (False, "He never threatened me."),
        "means.fraud": (None, "I do not know."),
        "purpose.debt_bondage": (None, "Did not want to say."),
    }
    acts = Entry.objects.filter(act="determination.findings_recorded", subject=file.case_id)
    assert acts.count() == 2
    assert "beat" not in str(acts.last().details)


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"means.force": "yes"}, "Write what was said"),
        ({"means.force-words": "He beat me."}, "for or against"),
        ({"means.force": "silent", "means.force-words": "He beat me."}, "for or against"),
        ({"means.force": "silent"}, "Answer at least one fact"),
    ],
)
def test_a_statement_that_does_not_fit_keeps_nothing_and_what_was_typed(
    db, as_, acting, answers, words
):
    file, reader = opened()
    source = spoken(file, reader, {"act.recruitment": True})
    more = {"means.threat": "no", "means.threat-words": "Never."} if len(answers) > 1 else {}
    page = _main(
        as_(reader).post(f"/cases/{file.case_id}/sources/{source.pk}/facts/", answers | more)
    )
    assert words in page
    assert answers.get("means.force-words", "") in page
    acting(reader)
    assert Finding.objects.count() == 1


def test_no_answer_is_chosen_beforehand_and_kept_facts_are_not_asked_again(db, as_):
    file, reader = opened()
    source = spoken(file, reader, {"act.recruitment": True})
    where = f"/cases/{file.case_id}/"
    page = _main(as_(reader).get(f"{where}sources/{source.pk}/facts/"))
    assert " checked" not in page
    assert 'name="act.recruitment"' not in page
    assert 'name="act.harbouring"' in page
    for other in ("sources/new/", "facts/new/", "facts/ask/"):
        assert " checked" not in _main(as_(reader).get(f"{where}{other}"))


def test_the_group_of_the_fact_that_is_wanted_is_open(db, as_):
    file, reader = opened()
    source = spoken(file, reader, {"act.recruitment": True})
    where = f"/cases/{file.case_id}/sources/{source.pk}/facts/"
    assert '<details class="govuk-details" open' not in _main(as_(reader).get(where))
    assert _main(as_(reader).get(f"{where}?code=means.force")).count('govuk-details" open') == 1


def test_contradictions_stand_side_by_side_and_no_kept_fact_can_be_edited(db, as_):
    file, reader = opened()
    spoken(file, reader, {"means.deception": True}, words="The offer was a lie.")
    spoken(file, reader, {"means.deception": False}, words="She knew.", kind="accused")
    page = _main(as_(reader).get(f"/cases/{file.case_id}/facts/"))
    assert page.index("The offer was a lie.") < page.index("She knew.")
    assert "Sources differ" in page
    assert "A person complained of" in page
    assert "Edit" not in page
    assert "Change" not in page


def test_a_changed_statement_shows_both_and_what_happened_in_between(db, as_):
    file, reader = opened()
    changed_statement(file, reader)
    page = _main(as_(reader).get(f"/cases/{file.case_id}/facts/"))
    for words in (
        "Nobody forced me.", "He kept my passport.", "Four days in a safe house.",
        "Said otherwise earlier: Against", "4 March 2026",
    ):  # fmt: skip
        assert words in page


@pytest.mark.parametrize("never", ["lied", "inconsistent", "credib"])
def test_a_changed_statement_is_never_held_against_the_person(db, as_, never):
    file, reader = opened()
    changed_statement(file, reader)
    assert never not in _main(as_(reader).get(f"/cases/{file.case_id}/facts/")).lower()


def test_a_slip_is_put_right_by_a_further_telling(db, as_, acting):
    file, reader = opened()
    first = spoken(file, reader, {"means.force": True})
    where = f"/cases/{file.case_id}/sources/"
    page = _main(as_(reader).get(f"{where}{first.pk}/"))
    assert f"{where}new/?follows={first.pk}" in page
    further = TELLING | {"follows": str(first.pk), "in_between": "A slip of the pen."}
    as_(reader).post(f"{where}new/", further)
    acting(reader)
    assert first.followed_by.in_between == "A slip of the pen."
    page = _main(as_(reader).get(f"{where}{first.pk}/"))
    assert f"?follows={first.pk}" not in page


def test_a_further_telling_without_what_happened_is_refused_and_nothing_is_kept(db, as_, acting):
    file, reader = opened()
    first = spoken(file, reader, {"means.force": True})
    further = TELLING | {"follows": str(first.pk)}
    page = _main(as_(reader).post(f"/cases/{file.case_id}/sources/new/", further))
    assert "Say what happened between the two" in page
    assert "co-worker 2" in page
    acting(reader)
    assert Source.objects.count() == 1


@pytest.mark.parametrize(
    ("narrowed", "shown", "hidden"),
    [
        ("kind=witness", "The witness says so.", "She says so."),
        ("manner=medical", "Nothing was recorded from these tellings", "She says so."),
        ("kind=nobody", "She says so.", "Nothing was recorded"),
    ],
)
def test_facts_are_narrowed_by_who_said_them_and_how(db, as_, narrowed, shown, hidden):
    file, reader = opened()
    spoken(file, reader, {"means.force": True}, words="She says so.")
    spoken(file, reader, {"means.force": False}, words="The witness says so.", kind="witness")
    page = _main(as_(reader).get(f"/cases/{file.case_id}/facts/?{narrowed}"))
    assert shown in page.split('name="csrf')[0]
    assert hidden not in page.split("Further tellings")[0]


def test_one_fact_needs_a_telling_first(db, as_, acting):
    file, reader = opened()
    where = f"/cases/{file.case_id}/facts/"
    assert "record who said or showed it first" in _main(as_(reader).get(f"{where}new/"))
    acting(reader)
    source = spoken(file, reader, {"act.recruitment": True})
    told = {"code": "means.force", "made_out": "no", "source": source.pk, "because": "Not so."}
    assert as_(reader).post(f"{where}new/", told).url == where
    acting(reader)
    assert Finding.objects.get(code="means.force").made_out is False


def test_a_telling_of_another_case_is_not_there(db, as_, acting):
    file, reader = opened()
    foreign = spoken(referred(answers={}), reader, {"means.force": True})
    for page in ("", "facts/"):
        where = f"/cases/{file.case_id}/sources/{foreign.pk}/{page}"
        assert as_(reader).get(where).status_code == 404


def test_a_fact_is_asked_of_who_screened_and_taken_back(db, as_, acting):
    file, reader = opened()
    where = f"/cases/{file.case_id}/facts/"
    told = {"code": "means.force", "question": "Who held the passport?", "asked_of": "screened"}
    page = _main(as_(reader).get(f"{where}ask/?code=means.force"))
    assert '<option value="means.force" selected' in page
    assert as_(reader).post(f"{where}ask/", told).url == where
    page = _main(as_(reader).get(where))
    assert "Who held the passport?" in page
    assert "The officer who screened the person" in page
    again = _main(as_(reader).post(f"{where}ask/", told))
    assert "asked for already" in again
    acting(reader)
    request = FactRequest.objects.get()
    assert request.asked_of_id == file.screened_by_id
    taken = f"{where}asked/{request.pk}/take-back/"
    assert as_(reader).post(taken).url == where
    assert "Another officer recorded this" in _text(as_(reader).post(taken, follow=True))
    assert as_(reader).get(taken).status_code == 405


def test_who_screened_finds_the_question_on_the_work_list_and_answers_it(db, as_, acting):
    file, reader = opened()
    screener = file.screened_by
    request = asked(file, reader)
    page = _main(as_(screener).get("/today/"))
    assert "Returned for an answer" in page
    where = f"/cases/{file.case_id}/returned/{request.pk}/"
    assert where in page
    assert where in _main(as_(screener).get(f"/cases/{file.case_id}/"))
    page = _main(as_(screener).get(where))
    assert "Who held the passport?" in page
    assert " checked" not in page
    assert as_(screener).post(where, {"made_out": "no"}).status_code == 200
    told = {"made_out": "not_known", "because": "She could not say.", "said_on": "2026-03-10"}
    assert as_(screener).post(where, told).status_code == 302
    assert as_(screener).get(where).status_code == 404
    assert where not in _main(as_(screener).get("/today/"))
    page = _main(as_(reader).get(f"/cases/{file.case_id}/facts/"))
    assert "She could not say." in page
    assert "The file waits for no fact" in page


def test_the_page_of_the_question_shows_nothing_else_of_the_file(db, as_, acting):
    file, reader = opened()
    spoken(file, reader, {"means.fraud": True}, words="Only for the authority.")
    request = asked(file, reader)
    where = f"/cases/{file.case_id}/returned/{request.pk}/"
    assert "Only for the authority." not in _text(as_(file.screened_by).get(where))
    for who in (officer(), reader):
        assert as_(who).get(where).status_code == 404


def test_the_question_is_not_there_under_another_case(db, as_, acting):
    file, reader = opened()
    request = asked(file, reader)
    other = met(file.screened_by)
    where = f"/cases/{other.number}/returned/{request.pk}/"
    assert as_(file.screened_by).get(where).status_code == 404


@pytest.mark.parametrize(
    "page",
    ["facts/", "facts/new/", "facts/ask/", "sources/new/", "sources/{}/", "sources/{}/facts/"],
)
def test_pages_of_the_evidence_need_few_queries_however_much_there_is(
    db, as_, page, django_assert_max_num_queries
):
    file, reader = opened()
    source = much(file, reader)
    client = as_(reader)
    with django_assert_max_num_queries(OF_A_PAGE):
        assert client.get(f"/cases/{file.case_id}/{page.format(source.pk)}").status_code == 200


def test_the_question_page_needs_few_queries(db, as_, django_assert_max_num_queries):
    file, reader = opened()
    request = asked(file, reader)
    client = as_(file.screened_by)
    with django_assert_max_num_queries(OF_A_PAGE):
        client.get(f"/cases/{file.case_id}/returned/{request.pk}/")


def test_officers_of_other_roles_find_no_page_of_the_evidence(db, as_):
    file, reader = opened()
    source = spoken(file, reader, {"means.force": True})
    for page in ("facts/", "sources/new/", f"sources/{source.pk}/", "facts/ask/", "matrix/"):
        for who in (file.screened_by, authority(1)[0]):
            assert as_(who).get(f"/cases/{file.case_id}/{page}").status_code == 404


def test_the_dates_of_the_conduct_are_kept_and_what_is_no_date_is_refused(db, as_, acting):
    file, reader = opened()
    where = f"/cases/{file.case_id}/facts/"
    assert as_(reader).post(where, {"conduct_from": "2009-03"}).url == where
    page = _main(as_(reader).post(where, {"conduct_from": "soon"}))
    assert "conduct_from" in page
    acting(reader)
    file.refresh_from_db()
    assert file.conduct_from == "2009-03"


def test_the_screening_page_leads_the_authority_to_the_question(db, as_):
    file, reader = opened()
    where = f"/cases/{file.case_id}/"
    assert f"{where}facts/ask/" in _main(as_(reader).get(f"{where}screening/"))
    assert f"{where}facts/ask/" not in _main(as_(file.screened_by).get(f"{where}screening/"))


def test_a_telling_of_a_day_that_has_not_come_is_refused(db, as_, acting):
    file, reader = opened()
    where = f"/cases/{file.case_id}/sources/new/"
    page = _main(as_(reader).post(where, TELLING | {"said_on": "2999-01-01"}))
    assert "2999-01-01 has not come yet" in page
    acting(reader)
    assert not Source.objects.exists()


def test_the_answer_of_a_day_that_has_not_come_is_refused(db, as_, acting):
    file, reader = opened()
    request = asked(file, reader)
    where = f"/cases/{file.case_id}/returned/{request.pk}/"
    told = {"made_out": "yes", "because": "She said so.", "said_on": "2999-01-01"}
    assert "has not come yet" in _main(as_(file.screened_by).post(where, told))
    acting(reader)
    assert not Finding.objects.exists()

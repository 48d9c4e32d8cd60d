"""Pages about cases: what each role sees, and what nobody learns."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from mekhala.core.reasoning.indicators import RULES as CORE_RULES
from mekhala.core.reasoning.profiles import screening_lists
from mekhala.pathway.encounter.models import Case, Encounter
from mekhala.pathway.screening.models import Screening
from mekhala.safeguards.access.models import Grant
from mekhala.safeguards.consent.models import Consent
from mekhala.web.casework.meanings import LISTS, RULES
from tests.builders import officer, open_to
from tests.builders_casework import (
    MADE_OUT,
    authority,
    met,
    read,
    recognised,
    referred,
    registrar,
    screened,
)
from tests.log import Entry

NAME = "សុខា (ប្រឌិត)"
PAGES = ["", "history/", "consent/"]
FILE_PAGES = ["facts/", "facts/new/", "matrix/", "decision/"]


@pytest.fixture
def as_(client):
    """Return a function that signs an officer in and returns the client."""

    def sign_in(who):
        client.force_login(who)
        return client

    return sign_in


def _text(response):
    return response.content.decode()


def _same(text):
    """Return a page without what is random on every page."""
    return re.sub(
        r"Printed by .*?Serial|[0-9A-F]{6}|csrfmiddlewaretoken\S*|value=\S+|nonce=\S+", "", text
    )


def test_the_list_shows_numbers_and_provinces_and_no_name(db, as_):
    mine = officer()
    case = met(mine, identity={"native_name": NAME})
    page = _text(as_(mine).get("/cases/"))
    assert case.number in page
    assert "Phnom Penh" in page
    assert NAME not in page


def test_an_empty_list_says_so_in_words(db, as_):
    assert "No case is open to you" in _text(as_(officer()).get("/cases/"))


def test_the_list_is_turned_fifty_at_a_time(db, as_, django_assert_max_num_queries):
    mine = officer()
    for _ in range(51):
        met(mine)
    client = as_(mine)
    with django_assert_max_num_queries(12):
        first = _text(client.get("/cases/"))
    second = _text(client.get("/cases/?page=2"))
    numbers = [set(re.findall(r"/cases/(MK-[^/]+)/", page)) for page in (first, second)]
    assert [len(n) for n in numbers] == [50, 1]
    assert not numbers[0] & numbers[1]


@pytest.mark.parametrize("asked", ["0", "-1", "x", "²", "99999999999999999999", ""])
def test_a_page_number_that_is_none_is_no_failure(db, as_, asked):
    assert as_(officer()).get("/cases/", {"page": asked}).status_code == 200


def test_a_meeting_before_1900_is_refused_in_words_and_the_list_can_be_read(db, as_):
    """One moment at the beginning of the calendar kept a whole list from being shown."""
    mine = officer()
    kept, client = met(mine), as_(mine)
    typed = {
        "met_at": "0001-01-01T00:00", "province": "12", "consents_to_go_on": "yes",
        "sex": "female", "age_certainty": "unknown",
    }  # fmt: skip
    for page in ("/encounters/new/", f"/cases/{kept.number}/encounters/new/"):
        assert "The meeting is dated before 1900." in _text(client.post(page, typed))
    for page in ("/cases/", f"/cases/{kept.number}/", f"/cases/{kept.number}/history/"):
        assert client.get(page).status_code == 200


def test_the_list_can_be_narrowed_to_a_status(db, as_):
    first, second, third = authority()
    responder = officer()
    decided, waiting = referred(responder), referred(responder)
    recognised(decided, first, second)
    client = as_(third)
    shown = {
        s: set(re.findall(r"/cases/(MK-[^/]+)/", _text(client.get("/cases/", {"show": s}))))
        for s in ("recognised", "presumed", "not_established", "paused", "look_again")
    }
    assert shown == {
        "recognised": {decided.case_id}, "presumed": {waiting.case_id},
        "not_established": set(), "paused": set(), "look_again": set(),
    }  # fmt: skip


@pytest.mark.parametrize("page", [*PAGES, *FILE_PAGES, "reasons/", "screening/", "screening/new/"])
def test_a_closed_case_is_the_same_page_as_a_number_nobody_has(db, as_, page):
    authority()
    number = referred().case_id
    client = as_(officer())
    closed, absent = (client.get(f"/cases/{n}/{page}") for n in (number, "MK-0000-0000"))
    assert closed.status_code == absent.status_code == 404
    assert _same(_text(closed)) == _same(_text(absent)).replace("MK-0000-0000", number)


def test_who_referred_is_told_that_it_is_decided_and_not_what(db, as_):
    first, second, _ = authority()
    responder = officer()
    file = referred(responder)
    read(file, first)
    read(file, second)
    client = as_(responder)
    page = _text(client.get(f"/cases/{file.case_id}/"))
    assert "Before the competent authority, which has decided" in page
    assert "Recognised" not in page
    assert "Presumed victim" not in page
    listed = {
        s: file.case_id in _text(client.get("/cases/", {"show": s}))
        for s in ("decided", "presumed", "encountered", "recognised")
    }
    assert listed == {
        "decided": True, "presumed": False, "encountered": False, "recognised": False,
    }  # fmt: skip


def test_the_overview_notes_the_look_and_hides_the_name(db, as_, django_assert_max_num_queries):
    mine = officer()
    case = met(mine, identity={"native_name": NAME}, urgent_needs=["health"])
    client = as_(mine)
    with django_assert_max_num_queries(12 + 2):  # and the count of files read, the return
        page = _text(client.get(f"/cases/{case.number}/"))
    assert NAME not in page
    assert "Health care" in page
    assert "Encountered" in page
    assert "You opened this for: First contact" in page
    (look,) = Entry.objects.filter(act="case.opened")
    assert (look.subject, look.by, look.details) == (
        case.number, mine.pk, {"page": "cases:overview", "purpose": ["first_contact"]},
    )  # fmt: skip


def test_the_overview_of_a_full_file_needs_few_queries(db, as_, django_assert_max_num_queries):
    first, second, _ = authority()
    file = referred()
    recognised(file, first, second)
    client = as_(second)
    with django_assert_max_num_queries(12 + 2):
        page = _text(client.get(f"/cases/{file.case_id}/"))
    assert "Recognised as victim" in page


def test_the_overview_of_a_registrar_needs_few_queries(db, as_, django_assert_max_num_queries):
    authority()
    here = registrar()
    file = referred()
    client = as_(here)
    with django_assert_max_num_queries(
        12 + 5
    ):  # and the return; a savepoint and its actor: only within a test
        page = _text(client.get(f"/cases/{file.case_id}/"))
    assert "Presumed victim" in page


def test_a_provider_sees_no_status_and_no_encounter(db, as_):
    first, second, _ = authority()
    file = referred()
    read(file, first)
    read(file, second)
    provider = officer("provider")
    open_to(provider, file.case_id, "support", by=first)
    page = _text(as_(provider).get(f"/cases/{file.case_id}/"))
    assert "Recognised" not in page
    assert "Presumed" not in page
    assert "Phnom Penh" not in page
    history = _text(as_(provider).get(f"/cases/{file.case_id}/history/"))
    assert "Decided" not in history


def test_the_name_is_shown_once_when_asked_for_and_the_look_is_noted(db, as_):
    mine = officer()
    case = met(mine, identity={"native_name": NAME})
    client = as_(mine)
    assert client.get(f"/cases/{case.number}/reveal/").status_code == 405
    page = _text(client.post(f"/cases/{case.number}/reveal/"))
    assert NAME in page
    assert Entry.objects.filter(act="identity.shown", subject=case.number, by=mine.pk).count() == 1
    assert NAME not in _text(client.get(f"/cases/{case.number}/"))


def test_a_name_that_was_never_said_is_told_so(db, as_):
    mine = officer()
    case = met(mine)
    assert "No name was kept" in _text(as_(mine).post(f"/cases/{case.number}/reveal/"))


def test_finding_a_case_forgives_spaces_and_names_a_mistyped_sign(db, as_):
    mine = officer()
    case = met(mine)
    client = as_(mine)
    typed = case.number.lower().replace("-", " ")
    assert client.post("/cases/find/", {"number": typed}).url == f"/cases/{case.number}/"
    last = "0" if case.number[-1] != "0" else "1"
    answer = client.post("/cases/find/", {"number": case.number[:-1] + last})
    assert "mistyped or missing" in _text(answer)


def test_finding_tells_nobody_that_a_closed_case_exists(db, as_):
    from mekhala.core.check_digit import new_number

    case = met(officer())
    client = as_(officer())
    closed, absent = (
        _text(client.post("/cases/find/", {"number": n})) for n in (case.number, new_number("MK"))
    )
    assert "Nothing to show" in closed
    assert _same(closed) == _same(absent)


def test_the_history_tells_acts_and_agencies_and_no_officer(db, as_, django_assert_max_num_queries):
    first, second, _ = authority()
    file = referred()
    read(file, first)
    read(file, second)
    client = as_(second)
    client.get(f"/cases/{file.case_id}/")
    with django_assert_max_num_queries(12):
        page = _text(client.get(f"/cases/{file.case_id}/history/"))
    assert "Sent to the competent authority" in page
    assert "Decided by the competent authority" in page
    assert first.agency.name in page
    assert first.shown_as not in page
    assert "case.opened" not in page


def test_what_the_person_said_is_recorded_and_the_last_answer_stands(db, as_, acting):
    mine = officer()
    case = met(mine)
    client = as_(mine)
    told = {
        "recipient": mine.agency.code, "purpose": "support", "data_class": "needs",
        "answer": "given", "asked_alone": "not_known", "until": "2099-01-31",
    }  # fmt: skip
    where = f"/cases/{case.number}/consent/"
    assert client.post(where, told).url == where
    assert "Given until 31 January 2099" in _text(client.get(where))
    client.post(where, told | {"answer": "withdrawn", "until": ""})
    assert "Withdrawn" in _text(client.get(where))
    acting(mine)
    assert [c.asked_alone for c in Consent.objects.all()] == [None, None]


def test_consent_is_never_taken_for_granted(db, as_):
    mine = officer()
    case = met(mine)
    page = as_(mine).get(f"/cases/{case.number}/consent/")
    assert "checked" not in _text(page)
    answer = as_(mine).post(f"/cases/{case.number}/consent/", {"answer": "given"})
    assert "There is a problem" in _text(answer)


def test_a_first_meeting_opens_a_case(db, as_, acting):
    mine = officer()
    told = {
        "met_at": "2026-03-09T10:00", "province": "01", "place": "Banteay Neang",
        "sex": "female", "age_certainty": "estimated", "age": "17", "nationality": "VNM",
        "language": "vi", "urgent_needs": ["safety"], "consents_to_go_on": "not_known",
        "was_alone": "not_said", "native_name": NAME,
    }  # fmt: skip
    answer = as_(mine).post("/encounters/new/", told)
    acting(mine)
    case = Case.objects.get()
    assert answer.url == f"/cases/{case.number}/"
    kept = case.encounters.get()
    assert (kept.place_code, kept.consents_to_go_on, kept.was_alone) == ("010201", None, None)
    assert (case.age, case.nationality, case.language) == (17, "VNM", "vi")


def test_a_place_that_is_none_names_the_nearest_and_keeps_what_was_typed(db, as_):
    told = {"met_at": "2026-03-09T10:00", "province": "01", "place": "Poypet",
            "sex": "female", "age_certainty": "unknown", "consents_to_go_on": "yes"}  # fmt: skip
    page = _text(as_(officer()).post("/encounters/new/", told))
    assert "Paoy Paet" in page
    assert 'value="Poypet"' in page


def test_a_person_who_says_no_is_let_go(db, as_, acting):
    mine = officer()
    told = {"met_at": "2026-03-09T10:00", "province": "01", "sex": "female",
            "age_certainty": "unknown", "consents_to_go_on": "no", "native_name": NAME}  # fmt: skip
    page = _text(as_(mine).post("/encounters/new/", told))
    assert "No case was opened" in page
    acting(mine)
    assert not Encounter.objects.exists()
    assert [e.details for e in Entry.objects.filter(act="encounter.refused")] == [
        {"province": "01"}
    ]


def test_meeting_people_is_not_every_role(db, as_):
    page = _text(as_(officer("authority")).get("/encounters/new/"))
    assert "belongs to another role" in page


def test_nothing_is_chosen_beforehand(db, as_):
    mine = officer()
    case = met(mine)
    for page in ("/encounters/new/", f"/cases/{case.number}/screening/new/"):
        assert " checked" not in _text(as_(mine).get(page))


def test_referring_opens_the_file_and_the_screening_is_shown(db, as_, acting):
    readers, mine = authority(), officer()
    case = met(mine)
    client = as_(mine)
    told = dict.fromkeys(MADE_OUT, "yes") | {"means.force": "not_said", "outcome": "refer"}
    assert client.post(f"/cases/{case.number}/screening/new/", told).status_code == 302
    acting(mine)
    assert Screening.objects.get().answers == MADE_OUT | {"means.force": None}
    shown = _text(client.get(f"/cases/{case.number}/screening/"))
    assert "was not asked" in shown
    assert "working days left" in _text(client.get(f"/cases/{case.number}/"))
    today = _text(as_(readers[0]).get("/today/"))
    assert case.number in today


def test_a_screening_that_is_refused_keeps_what_was_ticked_and_nothing_else(db, as_, acting):
    mine = officer()
    case = met(mine)
    told = {"act.recruitment": "yes", "outcome": "unsure"}
    page = _text(as_(mine).post(f"/cases/{case.number}/screening/new/", told))
    assert "of what you are unsure" in page
    assert page.count(" checked") == 2
    acting(mine)
    assert not Screening.objects.exists()


def test_a_referral_without_an_authority_leaves_no_screening_behind(db, as_, acting):
    mine = officer()
    case = met(mine)
    page = _text(as_(mine).post(f"/cases/{case.number}/screening/new/", {"outcome": "refer"}))
    assert "No officer of the competent authority" in page
    acting(mine)
    assert not Screening.objects.exists()


def test_the_aid_works_without_scripts_and_keeps_nothing(db, as_, acting):
    mine = officer()
    case = met(mine)
    told = {
        "aid": "1", "profile": "adult_labour",
        "exploitation": ["exploitation.excessive_hours", "exploitation.excessive_working_days"],
    }  # fmt: skip
    for where in ("new/", "aid/"):
        page = _text(as_(mine).post(f"/cases/{case.number}/screening/{where}", told))
        assert "never a status of the person" in page
    acting(mine)
    assert not Screening.objects.exists()


def test_the_aid_says_in_words_by_which_list_and_rule_it_reads(db, as_):
    mine = officer()
    case = met(mine, age=None, age_certainty="unknown")
    told = {
        "profile": "forced_criminality",
        "exploitation": ["exploitation.made_to_commit_offences", "exploitation.quotas"],
    }
    page = _text(as_(mine).post(f"/cases/{case.number}/screening/aid/", told))
    assert "Enough was seen (one strong sign and one other)" in page
    assert "with two medium signs and one weak" in page
    assert "not known to be 18 or older: signs of exploitation are enough" in page
    assert "Our own list, not a published one" in page
    assert "MEKHALA-FC/1" in page
    assert "Not verified" in page


def test_a_screening_read_by_an_older_list_says_so(db, as_, acting):
    mine = officer()
    case = met(mine)
    kept = screened(
        case,
        mine,
        {},
        profile="forced_criminality",
        indicators=["exploitation.quotas"],
    )
    where = f"/cases/{case.number}/screening/"
    assert "another version" not in _text(as_(mine).get(where))
    acting(mine)
    Screening.objects.filter(pk=kept.pk).update(list_version="MEKHALA-FC/0")
    assert "another version of the list: MEKHALA-FC/0" in _text(as_(mine).get(where))


def test_every_list_and_every_rule_has_words_for_the_page():
    assert set(LISTS) == {each.version for each in screening_lists().values()}
    assert set(RULES) == {name for name, *_ in CORE_RULES}


def test_today_lists_what_waits_and_no_name(db, as_, django_assert_max_num_queries):
    mine = officer()
    case = met(mine, identity={"native_name": NAME})
    client = as_(mine)
    with django_assert_max_num_queries(
        12 + 3
    ):  # and the lists of returns, of workers who left and of the duty to register
        page = _text(client.get("/today/"))
    assert case.number in page
    assert "Screen the person" in page
    assert NAME not in page


@pytest.mark.parametrize("role", ["provider", "justice", "statistician", "administrator"])
def test_today_answers_every_role(db, as_, role):
    assert as_(officer(role)).get("/today/").status_code == 200


def test_a_grant_that_ends_closes_the_page_at_the_next_request(db, as_, acting):
    mine = officer()
    case = met(mine)
    client = as_(mine)
    assert client.get(f"/cases/{case.number}/").status_code == 200
    acting(mine)
    Grant.objects.filter(officer=mine).update(until=timezone.now() - timedelta(seconds=1))
    assert client.get(f"/cases/{case.number}/").status_code == 404


@pytest.mark.parametrize("language", ["en", "km"])
def test_every_page_speaks_both_languages(db, as_, language):
    first, second, third = authority()
    here = registrar()
    responder = officer()
    file = referred(responder, identity={"native_name": NAME})
    case = f"/cases/{file.case_id}/"
    asked = [(responder, "/encounters/new/"), (responder, f"{case}screening/new/"),
             (responder, f"{case}encounters/new/"), (responder, f"{case}screening/"),
             (here, case), (here, f"{case}consent/")]  # fmt: skip
    asked += [(first, f"{case}{page}") for page in PAGES + FILE_PAGES]
    asked += [(first, "/cases/"), (first, "/cases/find/"), (first, "/today/")]
    for who, where in asked:
        page = as_(who).get(where, headers={"accept-language": language})
        assert page.status_code == 200, where
        assert f'<html lang="{language}"' in _text(page)
    read(file, first)
    read(file, second)
    page = as_(third).get(f"{case}reasons/", headers={"accept-language": language})
    assert page.status_code == 200


def test_province_names_are_khmer_on_a_khmer_page(db, as_):
    mine = officer()
    met(mine)
    page = as_(mine).get("/cases/", headers={"accept-language": "km"})
    assert "ភ្នំពេញ" in _text(page)

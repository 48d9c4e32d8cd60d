"""The pages of justice: what they say of an accused, whom they answer, how they refuse."""

import re
from datetime import date, timedelta
from html import unescape

import pytest
from django import forms
from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext

from mekhala.core.reasoning.fair_trial.flags import flags
from mekhala.core.vocabulary.facts import FactGroup
from mekhala.pathway.justice import models, services, texts
from mekhala.pathway.justice.models import Accused, Charge, Custody, Proceeding, Stage, Verdict
from mekhala.safeguards.access.purposes import Role
from mekhala.safeguards.consent.models import Answer
from mekhala.web.casework.justice import fair_trial
from mekhala.web.casework.justice.entry_kinds import KINDS
from mekhala.web.casework.languages import language_choices, language_name
from mekhala.web.casework.meanings import GROUPS, of_fact
from tests.builders import case, officer
from tests.builders_justice import (
    ARTICLE,
    AT,
    CONDUCT,
    DAYS,
    NAME,
    accused,
    answer_about,
    court_officer,
    proceeding,
)
from tests.log import Entry

NEVER = re.compile(r"guilt|trafficker|perpetrator|offender|criminal(?! proceedings)|culprit", re.I)
JUDGED = {Stage.CONVICTED_NOT_FINAL, Stage.CONVICTED}


@pytest.fixture
def court(db):
    return court_officer()


@pytest.fixture
def signed_in(client, court):
    client.force_login(court)
    return client


def _words(response):
    """Return what a page says: its text without tags."""
    assert response.status_code == 200
    main = response.content.decode().split("<main")[1].split("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


def _pages_of(one):
    held = f"/proceedings/{one.proceeding_id}/"
    return ["/proceedings/", held, f"{held}accused/new/", f"{held}assign/",
            f"/accused/{one.number}/steps/new/", f"/accused/{one.number}/charges/new/"]  # fmt: skip


@pytest.mark.parametrize("stage", Stage)
def test_no_page_says_more_of_an_accused_than_was_recorded(signed_in, court, stage):
    one = accused(court, upto=stage)
    if stage not in (Stage.NAMED, Stage.SUSPECT, Stage.DROPPED):
        services.charge(one, charged_on=DAYS[1], by=court, at=AT, **ARTICLE)
    told = {page: _words(signed_in.get(page)) for page in _pages_of(one)}
    told["name"] = _words(signed_in.post(f"/accused/{one.number}/reveal/"))
    for page, words in told.items():
        assert not NEVER.search(words), page
        if stage not in JUDGED:
            assert "convict" not in words.lower(), page
        if stage != Stage.CONVICTED:
            assert "Convicted, final" not in words, page
    assert str(stage.label) in told["/proceedings/"]
    assert ("Presumed innocent" in told[_pages_of(one)[1]]) == (stage != Stage.CONVICTED)


def test_an_acquittal_changes_the_old_page_too(signed_in, court, acting):
    one = accused(court, upto=Stage.CONVICTED_NOT_FINAL)
    assert "Convicted, not final" in _words(signed_in.get(_pages_of(one)[1]))
    acting(court)
    services.record_step(one, Stage.ACQUITTED, DAYS[5], by=court, at=AT)
    for page in _pages_of(one):
        assert "convict" not in _words(signed_in.get(page)).lower()


def test_a_name_is_on_no_page_but_the_one_look_which_is_noted(signed_in, court, acting):
    one = accused(court, upto=Stage.CHARGED)
    for page in _pages_of(one):
        assert NAME["latin_name"] not in signed_in.get(page).content.decode()
    assert signed_in.get(f"/accused/{one.number}/reveal/").status_code == 405
    assert NAME["latin_name"] in _words(signed_in.post(f"/accused/{one.number}/reveal/"))
    acting(court)
    assert Entry.objects.get(act="identity.shown").subject == one.number


def test_the_way_from_complaint_to_charge_by_form(signed_in, court, acting):
    made = signed_in.post("/proceedings/new/", {"complaint_on": "2024-02-05"})
    held = made.headers["Location"]
    signed_in.post(f"{held}accused/new/", {"on": "2024-02-05", "sex": "male", "age": ""})
    acting(court)
    number = Accused.objects.get().number
    for stage, day in ((Stage.SUSPECT, "2024-03-05"), (Stage.CHARGED, "2024-04-05")):
        signed_in.post(f"/accused/{number}/steps/new/", {"stage": stage.value, "on": day})
    charge = {"text": "KH-LSHTSE-2008|12|2008-02-15", "conduct_from": "2023-06",
              "conduct_to": "", "charged_on": "2024-04-05"}  # fmt: skip
    assert signed_in.post(f"/accused/{number}/charges/new/", charge).status_code == 302
    words = _words(signed_in.get(held))
    for said in ("Charged", "KH-LSHTSE-2008 Art. 12", "Text not verified",
                 "7 to 15 years", "from 15 February 2008", "Age Not known"):  # fmt: skip
        assert said in words
    acting(court)
    pk = Charge.objects.get().pk
    away = signed_in.post(f"/accused/{number}/charges/{pk}/withdraw/", {"on": "2024-05-01"})
    assert away.headers["Location"] == held
    assert "– withdrawn" in _words(signed_in.get(held))


def test_a_refusal_is_shown_in_words_and_what_was_typed_is_kept(signed_in, court):
    one = accused(court, upto=Stage.CHARGED)
    charge = {"text": "KH-LSHTSE-2008|12|2008-02-15", "conduct_from": "2005",
              "conduct_to": "2006", "charged_on": "2024-04-05"}  # fmt: skip
    answer = signed_in.post(f"/accused/{one.number}/charges/new/", charge)
    page = answer.content.decode()
    assert "Article 12 of KH-LSHTSE-2008 was not in force on" in page
    assert "was that of KH-KTE-1996" in page
    assert 'value="2005"' in page
    assert "<title>Error:" in page


@pytest.mark.parametrize("typed", ["2005-13", "last year", "2023-02-30"])
def test_a_date_of_conduct_that_is_none_is_refused_in_words(signed_in, court, typed):
    one = accused(court, upto=Stage.CHARGED)
    charge = {"text": "KH-LSHTSE-2008|12|2008-02-15", "conduct_from": typed,
              "charged_on": "2024-04-05"}  # fmt: skip
    answer = signed_in.post(f"/accused/{one.number}/charges/new/", charge)
    assert "There is a problem" in _words(answer)


def test_what_is_not_open_and_what_is_not_there_are_the_same_404(client, court, acting):
    one = accused(court, upto=Stage.CHARGED)
    client.force_login(officer(Role.JUSTICE))
    absent = client.get("/proceedings/PR-0000-0000/")
    for page in _pages_of(one)[1:]:
        closed = client.get(page)
        assert closed.status_code == absent.status_code == 404
        assert "Nothing to show" in closed.content.decode()
    assert client.post(f"/accused/{one.number}/reveal/").status_code == 404


@pytest.mark.parametrize("role", [r for r in Role if r != Role.JUSTICE])
def test_for_another_role_the_pages_are_not_there(client, db, role):
    client.force_login(officer(role))
    assert client.get("/proceedings/").status_code == 404
    assert client.get("/proceedings/new/").status_code == 404


def test_nothing_is_shown_without_signing_in(client, court):
    one = accused(court)
    for page in _pages_of(one):
        assert client.get(page).status_code == 302


def test_an_empty_list_says_in_words_why(signed_in):
    assert "No proceeding is open to you." in _words(signed_in.get("/proceedings/"))


def test_opening_to_a_colleague_by_form(signed_in, court, client, acting):
    held = proceeding(court)
    colleague = officer(Role.JUSTICE, at=court.agency)
    signed_in.post(f"/proceedings/{held.number}/assign/", {"to": colleague.pk})
    client.force_login(colleague)
    assert held.number in _words(client.get("/proceedings/"))


def test_a_case_number_without_her_agreement_is_refused_like_one_that_is_not_there(signed_in):
    answer = signed_in.post(
        "/proceedings/new/", {"complaint_on": "2024-02-05", "case": "MK-0000-0000"}
    )
    assert "No agreement stands" in _words(answer)


def test_pages_take_at_most_twelve_queries(signed_in, court, django_assert_max_num_queries, acting):
    held = proceeding(court)
    for stage in (Stage.CHARGED, Stage.ACQUITTED, Stage.SUSPECT):
        one = accused(court, of=held, upto=stage)
    for _n in range(5):
        proceeding(court)
    for page in _pages_of(one):
        with django_assert_max_num_queries(12):
            signed_in.get(page)
    acting(court)
    assert Proceeding.objects.count() == 6


def test_a_linked_case_number_closes_when_she_takes_her_yes_back(signed_in, court, acting):
    first = officer()
    opened = case(first)
    acting(first)
    answer_about(opened, first, Answer.GIVEN, to=court, minutes=1)
    held = signed_in.post(
        "/proceedings/new/", {"complaint_on": "2024-02-05", "case": opened.number.lower()}
    ).headers["Location"]
    assert opened.number in _words(signed_in.get(held))
    acting(first)
    answer_about(opened, first, Answer.WITHDRAWN, to=court, minutes=2)
    words = _words(signed_in.get(held))
    assert opened.number not in words
    stops = _words(signed_in.get("/stops/"))
    assert held.split("/")[2] in stops
    assert opened.number not in stops


def test_the_fair_trial_page_shows_what_differs_and_each_custody_with_its_limit(signed_in, court):
    one = accused(court, upto=Stage.CHARGED)
    charge = services.charge(one, charged_on=DAYS[1], by=court, at=AT, **ARTICLE)
    services.record(
        Verdict, one, by=court, at=AT, charge=charge, instance="first", on=DAYS[3],
        result="acquitted", statute=charge.statute, article=charge.article,
        relied_on=["confession"],
    )  # fmt: skip
    held = AT - timedelta(days=20)
    services.record(
        Custody, one, by=court, at=AT, held_at=held, released_at=held + timedelta(days=8),
        place="police", was_minor=False,
    )  # fmt: skip
    words = _words(signed_in.get(f"/accused/{one.number}/fair-trial/"))
    assert "nothing of the kind is registered" in words
    assert "longer than the limit" in words


def test_warnings_are_told_in_the_language_of_the_reader(signed_in, court):
    one = accused(court, upto=Stage.CHARGED)
    signed_in.cookies.load({settings.LANGUAGE_COOKIE_NAME: "km"})
    words = _words(signed_in.get(f"/accused/{one.number}/fair-trial/"))
    for flag in flags().values():
        assert flag.meaning not in words
    assert "ជនជាប់ចោទគ្មានមេធាវីនៅសវនាការ" in words
    assert "hearing" not in words


def test_a_charge_for_soliciting_can_be_chosen_and_meets_the_four_conditions(signed_in, court):
    one = accused(court, upto=Stage.CHARGED)
    page = f"/accused/{one.number}/charges/new/"
    typed = {"text": "KH-LSHTSE-2008|24|2008-02-15", "conduct_from": "2023-06",
             "conduct_to": "", "charged_on": "2024-04-05"}  # fmt: skip
    assert "Soliciting in public" in _words(signed_in.get(page))
    to_check = signed_in.post(page, typed).headers["Location"]
    assert to_check.endswith("/check/?statute=KH-LSHTSE-2008&article=24")
    asked = {"kind": "compelled.soliciting", "compelled": "no", "direct_result": "no"}
    closed = signed_in.post(to_check, asked).headers["Location"]
    assert "None of the four conditions" in _words(signed_in.get(closed))
    assert "There is a problem" in _words(signed_in.post(page, typed))
    signed_in.post(to_check, asked | {"disorder": "yes"})
    assert signed_in.post(page, typed).status_code == 302
    words = _words(signed_in.get(f"/proceedings/{one.proceeding_id}/"))
    assert "KH-LSHTSE-2008 Art. 24" in words
    assert "Its elements are not kept here" in words
    matrix = _words(signed_in.get(f"/proceedings/{one.proceeding_id}/evidence/matrix/"))
    assert "The elements of this article are not kept here" in matrix


@pytest.mark.parametrize(
    ("text", "kind"),
    [("KH-IMM-1994|29|1994-09-22", "immigration"), ("KH-PC-2009|626-630|2010-12-10", "documents")],
)
def test_entry_without_papers_and_false_papers_meet_the_check_though_nothing_is_known_of_the_person(
    signed_in, court, text, kind
):
    one = accused(court, upto=Stage.CHARGED)
    page = f"/accused/{one.number}/charges/new/"
    typed = {"text": text, "conduct_from": "2023-06", "conduct_to": "", "charged_on": "2024-04-05"}
    to_check = signed_in.post(page, typed).headers["Location"]
    assert "/check/" in to_check
    asked = {"kind": f"compelled.{kind}"}
    closed = signed_in.post(to_check, asked).headers["Location"]
    assert "Ask first" in _words(signed_in.get(closed))
    assert "There is a problem" in _words(signed_in.post(page, typed))
    signed_in.post(to_check, asked | {"compelled": "no", "direct_result": "no"})
    assert signed_in.post(page, typed).status_code == 302


def test_the_step_of_a_charge_says_where_the_check_before_it_begins(signed_in, court):
    one = accused(court, upto=Stage.SUSPECT)
    services.describe(one, by=court, at=AT, presumed_victim=True)
    page = f"/accused/{one.number}/steps/new/"
    words = _words(signed_in.post(page, {"stage": "charged", "on": "2024-04-05"}))
    assert "begin with “Add a charge”" in words
    typed = {"text": "KH-LSHTSE-2008|12|2008-02-15", "conduct_from": "2023-06",
             "conduct_to": "", "charged_on": "2024-04-05"}  # fmt: skip
    to_check = signed_in.post(f"/accused/{one.number}/charges/new/", typed).headers["Location"]
    assert "/check/" in to_check


def test_a_charge_that_stands_from_before_a_presumption_was_known_is_told_as_unchecked(
    signed_in, court
):
    one = accused(court, upto=Stage.CHARGED)
    services.charge(one, charged_on=DAYS[1], by=court, at=AT, **ARTICLE)
    page, told = f"/accused/{one.number}/", "stands that no check let through"
    assert told not in _words(signed_in.get(page))
    services.describe(one, by=court, at=AT, presumed_victim=True)
    shown = signed_in.get(page)
    assert told in _words(shown)
    assert "/check/?statute=KH-LSHTSE-2008&amp;article=12" in shown.text
    made = services.pass_gate(one, statute="KH-LSHTSE-2008", article="12",
                              kind="compelled.other", by=court, at=AT)  # fmt: skip
    assert told in _words(signed_in.get(page))
    services.override_gate(made, "She owned the boat.", **CONDUCT, by=court, at=AT)
    assert told not in _words(signed_in.get(page))


def test_a_judgment_set_aside_is_told_as_such_among_the_verdicts(signed_in, court):
    one = accused(court, upto=Stage.CHARGED)
    charge = services.charge(one, charged_on=DAYS[1], by=court, at=AT, **ARTICLE)
    services.record(
        models.Verdict, one, by=court, at=AT, charge=charge, instance="first", on=DAYS[3],
        result="convicted", statute="KH-LSHTSE-2008", article="12",
    )  # fmt: skip
    for stage, on in ((Stage.ACCUSED, DAYS[2]), (Stage.CONVICTED_NOT_FINAL, DAYS[3])):
        services.record_step(one, stage, on, by=court, at=AT)
    page = f"/accused/{one.number}/verdict/"
    assert "set aside" not in _words(signed_in.get(page))
    services.record_step(one, Stage.ACQUITTED, DAYS[5], by=court, at=AT)
    assert "Earlier judgment, set aside" in _words(signed_in.get(page))


def test_in_khmer_an_accused_reads_the_law_and_the_elements_of_the_charge_in_khmer(
    signed_in, court
):
    one = accused(court, upto=Stage.CHARGED)
    services.charge(one, charged_on=DAYS[1], by=court, at=AT, **ARTICLE)
    signed_in.cookies[settings.LANGUAGE_COOKIE_NAME] = "km"
    text = texts.text_of(ARTICLE["statute"], ARTICLE["article"], ARTICLE["in_force_from"])
    told = [texts.statutes()[ARTICLE["statute"]].title, text.title, text.elements[0].label]
    pages = (f"/proceedings/{one.proceeding_id}/", f"/accused/{one.number}/",
             f"/accused/{one.number}/charges/new/",
             f"/proceedings/{one.proceeding_id}/evidence/matrix/")  # fmt: skip
    for page in pages:
        words = unescape(signed_in.get(page).text)
        found = [each for each in told if each.lower() in words.lower()]
        assert not found, page
        with translation.override("km"):
            assert gettext(told[0]) in words
            assert gettext(told[2]) in words


@pytest.mark.parametrize(
    ("filed_on", "late"), [("2024-07-05", False), ("2024-07-20", True), (None, False)]
)
def test_an_entry_of_an_appeal_says_when_the_time_for_it_ran_out(signed_in, court, filed_on, late):
    one = accused(court, upto=Stage.CONVICTED_NOT_FINAL)
    services.record(
        models.Appeal, one, by=court, at=AT, judged_on=date(2024, 6, 5), filed=bool(filed_on),
        filed_on=date.fromisoformat(filed_on) if filed_on else None, filed_by="accused",
    )  # fmt: skip
    words = _words(signed_in.get(f"/accused/{one.number}/appeal/"))
    assert "Time to appeal, counted from the judgment until 5 July 2024" in words
    assert ("Filed after that day" in words) is late


@pytest.mark.parametrize(("day", "late"), [(20, False), (28, True)])
def test_an_appeal_against_an_acquittal_is_said_beside_it_and_changes_no_word(
    signed_in, court, acting, day, late
):
    one = accused(court, upto=Stage.ACQUITTED)
    held = {"held_at": AT - timedelta(days=20), "place": "prison"}
    acquitted_on = one.steps.last().on
    services.record(models.Custody, one, by=court, at=AT, **held)
    fair = _words(signed_in.get(f"/accused/{one.number}/fair-trial/"))
    assert "no appeal of the prosecutor is recorded" in fair
    signed_in.post(f"/accused/{one.number}/appeal/new/", {
        "judged_on": acquitted_on, "filed": "yes", "filed_by": "prosecutor",
        "filed_on": acquitted_on + timedelta(days=day + 5)})  # fmt: skip
    pages = [f"/accused/{one.number}/", f"/proceedings/{one.proceeding_id}/"]
    for page in pages:
        words = _words(signed_in.get(page))
        assert "The prosecutor has appealed" in words
        assert "the person is acquitted" in words
        assert ("That was after" in words) is late
        assert "onvicted" not in words
    assert "an appeal against it is open" in _words(signed_in.get("/proceedings/"))
    assert "may stay detained" in _words(signed_in.get(f"/accused/{one.number}/fair-trial/"))
    steps = _words(signed_in.get(f"/accused/{one.number}/steps/new/"))
    assert "Acquitted again by a higher court" in steps
    assert "Acquittal set aside, judgment against the accused" in steps
    signed_in.post(f"/accused/{one.number}/steps/new/",
                   {"stage": "acquitted", "on": acquitted_on + timedelta(days=60)})  # fmt: skip
    assert "has appealed" not in _words(signed_in.get(pages[0]))
    acting(court)
    assert [step.stage for step in one.steps.all()][-2:] == ["acquitted", "acquitted"]


def test_what_is_to_be_asked_of_co_accused_is_said_once(court):
    one = accused(court)
    paths = ["co_accused[0].sentence_years", "co_accused[1].result", "verdict.result"]
    told = fair_trial.places(paths, one)
    assert [each["path"] for each in told] == [paths[0], paths[2]]


def test_what_was_typed_for_a_charge_is_there_again_after_the_check(signed_in, court, acting):
    one = accused(court, upto=Stage.CHARGED)
    services.describe(one, by=court, at=AT, presumed_victim=True)
    typed = {"text": "KH-LSHTSE-2008|12|2008-02-15", "conduct_from": "2023-06",
             "conduct_to": "2023-09", "charged_on": "2024-04-05"}  # fmt: skip
    page = f"/accused/{one.number}/charges/new/"
    to_check = signed_in.post(page, typed).headers["Location"]
    assert "2023" not in to_check
    asked = {"kind": "compelled.other", "compelled": "yes"}
    checked = signed_in.post(to_check, asked).headers["Location"]
    offered = signed_in.get(checked).context["form"]
    conduct = {name: offered[name].value() for name in CONDUCT}
    assert conduct == {name: typed[name] for name in CONDUCT}
    because = conduct | {"because": "He owned the boat."}
    away = signed_in.post(checked, because).headers["Location"]
    assert "what you typed is still there" in _words(signed_in.get(away))
    assert "These reasons carry one charge" in _words(signed_in.get(away))
    form = signed_in.get(page).context["form"]
    assert {name: form[name].value() for name in typed} == typed
    assert signed_in.post(page, typed).status_code == 302
    assert not signed_in.get(page).context["form"]["conduct_from"].value()
    assert "needs a check and reasons of its own" in _words(signed_in.get(away))
    assert "/check/?" in signed_in.post(page, typed).headers["Location"]  # the same once more
    other = accused(court, upto=Stage.CHARGED)
    assert signed_in.get(f"/accused/{other.number}/charges/new/").context["form"].initial == {}


def test_every_kind_of_entry_can_be_recorded_by_its_form(signed_in, court, acting):
    one = accused(court, upto=Stage.CHARGED)
    fits = _things_of(one, court)
    for slug, kind in KINDS.items():
        page = f"/accused/{one.number}/{slug}/new/"
        form = signed_in.get(page).context["form"]
        typed = {n: _answer(n, f, fits) for n, f in form.fields.items() if f.required or n in fits}
        answer = signed_in.post(page, typed)
        assert answer.status_code == 302, (slug, answer.context["form"].errors)
        acting(court)
        assert kind.model._default_manager.filter(accused=one).exists(), slug


def _things_of(one, court):
    """Make what an entry may be about; return what fits the questions asked of it."""
    charge = services.charge(one, charged_on=DAYS[1], by=court, at=AT, **ARTICLE)
    hearing = services.plan_hearing(
        one.proceeding, kind="trial", starts_at=AT - timedelta(days=2), by=court, at=AT
    )
    return {"charge": charge.pk, "hearing": hearing.pk, "legal_basis": "An order",
            "victim_age": "30"}  # fmt: skip


def _answer(name, field, fits):
    if name in fits:
        return fits[name]
    if getattr(field, "choices", None):
        return next(code for code, _word in field.choices if code)
    return "2024-04-05 08:00" if "Time" in type(field).__name__ else "2024-04-05"


@pytest.mark.parametrize(
    ("language", "said"), [("en", ("Vietnamese", "Vietnam")), ("km", ("វៀតណាម",))]
)
def test_a_language_and_a_country_are_named_and_no_code_is_shown(signed_in, court, language, said):
    one = accused(court, upto=Stage.SUSPECT)
    services.describe(one, language="vi", nationality="VNM", by=court, at=AT)
    services.record(models.Statement, one, by=court, at=AT, language="vi")
    signed_in.cookies.load({settings.LANGUAGE_COOKIE_NAME: language})
    about = _words(signed_in.get(f"/accused/{one.number}/"))
    told = _words(signed_in.get(f"/accused/{one.number}/statement/"))
    assert all(word in about for word in said)
    assert said[0] in told
    assert not re.search(r"\bvi\b|\bVNM\b", about + told)


@pytest.mark.parametrize("language", ["en", "km"])
def test_what_was_proved_is_asked_and_shown_in_words_of_the_reader(signed_in, court, language):
    one = accused(court, upto=Stage.CHARGED)
    services.record(models.FactsFound, one, by=court, at=AT, facts={"means.force": "yes"},
                    none_of=["purpose"])  # fmt: skip
    signed_in.cookies.load({settings.LANGUAGE_COOKIE_NAME: language})
    with translation.override(language):
        force, purpose = of_fact("means.force"), str(GROUPS[FactGroup.PURPOSE])
    shown = _words(signed_in.get(f"/accused/{one.number}/facts/"))
    assert force in shown
    assert purpose in shown
    assert "means.force" not in shown
    asked = _words(signed_in.get(f"/accused/{one.number}/facts/new/"))
    assert force in asked
    assert purpose in asked


def test_the_days_of_a_conduct_are_said_as_days_are_and_as_far_as_they_are_known(signed_in, court):
    one = accused(court, upto=Stage.CHARGED)
    told = ARTICLE | {"conduct_from": "2009-03", "conduct_to": "2009-04-05"}
    services.charge(one, charged_on=DAYS[1], by=court, at=AT, **told)
    assert "March 2009 to 5 April 2009" in _words(signed_in.get(f"/accused/{one.number}/"))


def test_a_conduct_dated_in_khmer_digits_keeps_no_fair_trial_from_being_shown(signed_in, court):
    one = accused(court, upto=Stage.CHARGED)
    services.charge(one, charged_on=DAYS[1], by=court, at=AT, **ARTICLE)
    told = ARTICLE | {"conduct_from": "២០០៩", "conduct_to": "២០០៩-០៣"}
    services.charge(one, charged_on=DAYS[1], by=court, at=AT, **told)
    assert signed_in.get(f"/accused/{one.number}/fair-trial/").status_code == 200


@pytest.mark.parametrize("language", ["other", *dict(language_choices())])
def test_whatever_language_an_accused_speaks_the_fair_trial_can_be_looked_at(
    signed_in, court, language
):
    one = accused(court, upto=Stage.CHARGED)
    services.describe(one, language=language, by=court, at=AT)
    assert signed_in.get(f"/accused/{one.number}/fair-trial/").status_code == 200
    assert str(language_name(language)) in _words(signed_in.get(f"/accused/{one.number}/"))
    asked = signed_in.get(f"/accused/{one.number}/about/").context["form"].fields["language"]
    assert dict(asked.choices) == dict(language_choices())


@pytest.mark.parametrize("slug", KINDS)
def test_whatever_a_form_takes_the_fair_trial_can_be_looked_at(signed_in, court, slug):
    """A page that could not read one entry would keep a whole court's list from being read."""
    one = accused(court, upto=Stage.CHARGED)
    fits = _things_of(one, court)
    page = f"/accused/{one.number}/{slug}/new/"
    form = signed_in.get(page).context["form"]
    typed = {n: _answer(n, f, fits) for n, f in form.fields.items() if f.required or n in fits}
    for name, field in form.fields.items():
        for edge in _edges(field):
            undone = transaction.savepoint_create()
            if signed_in.post(page, typed | {name: edge}).status_code == 302:
                shown = signed_in.get(f"/accused/{one.number}/fair-trial/")
                assert shown.status_code == 200, (name, edge)
            transaction.savepoint_rollback(undone)


def _edges(field):
    """The least and the most of a number, and one beyond; each choice there is."""
    if isinstance(field, forms.IntegerField):
        return [field.min_value, field.max_value, field.max_value + 1]
    return [code for code, _word in getattr(field, "choices", []) if isinstance(code, str)]


def test_whatever_is_told_of_an_accused_the_fair_trial_can_be_looked_at(signed_in, court):
    one = accused(court, upto=Stage.CHARGED)
    page = f"/accused/{one.number}/about/"
    form = signed_in.get(page).context["form"]
    told = {"part": form.fields["part"].choices[0][0], "nationality": "QQQ"}
    for name, field in form.fields.items():
        for edge in _edges(field):
            if signed_in.post(page, told | {name: edge}).status_code == 302:
                shown = signed_in.get(f"/accused/{one.number}/fair-trial/")
                assert shown.status_code == 200, (name, edge)

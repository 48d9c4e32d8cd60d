"""Two officers who agree decide; what is unknown stays unknown; nobody judges their own work."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mekhala.core.vocabulary.facts import FactGroup, codes_in_group
from mekhala.core.wrong_input import WrongInput
from mekhala.pathway.determination import policies, queries, rule, services
from mekhala.pathway.determination.errors import (
    AdultSaidNo,
    AnswerOfStage,
    DiffersWithoutReason,
    FileAlreadyOpen,
    FileClosed,
    GroundsMissing,
    NobodyDecides,
    NotDecidable,
    NotImpartial,
    ReasonsMissing,
    TieNotDenied,
)
from mekhala.pathway.determination.models import Decision, DeterminationFile, Finding, Reading
from mekhala.pathway.determination.queries import CaseStatus
from mekhala.pathway.encounter import services as encounter
from mekhala.pathway.encounter.models import Case
from mekhala.safeguards.access.errors import NotOpenToYou, NotYourRole
from mekhala.safeguards.access.models import Officer
from tests import log as audit
from tests.builders import NOW, changed_post, officer, open_to
from tests.builders_casework import (
    GROUNDS,
    MADE_OUT,
    RECOGNISED,
    REFUSED,
    authority,
    believed,
    met,
    read,
    referred,
    registrar,
    screened,
    told,
)

NO_PURPOSE = dict.fromkeys(codes_in_group(FactGroup.PURPOSE), False)


def _add(file, by, code, made_out):
    return told(file, by, {code: made_out})


def test_a_referral_opens_the_file_to_the_authority_within_five_working_days(db, acting):
    readers = authority()
    file = referred()
    assert file.due_on == date(2026, 3, 16)  # Monday the 9th; Saturday and Sunday do not count
    acting(readers[0])
    assert list(queries.files_to_read(readers[0], at=NOW)) == [file]


def test_the_answers_of_the_screening_come_along_as_one_source(db, acting):
    readers = authority()
    file = referred(answers={"act.recruitment": True, "means.threat": None})
    acting(readers[0])
    kept = {(f.code, f.made_out, f.source.manner) for f in queries.findings_of(file)}
    assert kept == {("act.recruitment", True, "screening"), ("means.threat", None, "screening")}


def test_the_registrar_of_the_province_sees_the_case_before_any_decision(db, acting):
    authority()
    here, elsewhere = registrar("12"), registrar("01")
    referred()
    acting(here)
    assert Case.objects.count() == 1
    acting(elsewhere)
    assert not Case.objects.exists()


def test_where_a_province_has_no_registrar_all_of_them_see_the_case(db, acting):
    authority()
    elsewhere = registrar("01")
    referred()
    acting(elsewhere)
    assert Case.objects.count() == 1


def test_who_refers_sees_the_clock_and_nothing_the_authority_found(db, acting):
    readers, responder = authority(), officer()
    file = referred(responder)
    acting(readers[0])
    _add(file, readers[0], "means.force", True)
    read(file, readers[0])
    acting(responder)
    assert DeterminationFile.objects.get().due_on == file.due_on
    assert not Finding.objects.exclude(source__manner="screening").exists()
    assert not Reading.objects.exists()


def test_an_adult_who_says_no_is_not_referred_and_a_child_may_be(db, acting):
    authority()
    responder = officer()
    for age, refused in ((20, True), (15, False)):
        case = met(responder, age=age)
        encounter.add_encounter(
            case=case, by=responder, at=NOW, met_at=NOW, place_code="12", consents_to_go_on=False
        )
        kept = screened(case, responder)
        ask = {"screening": kept, "by": responder, "at": NOW + timedelta(hours=2)}
        if refused:
            with pytest.raises(AdultSaidNo):
                services.refer_to_authority(**ask)
        else:
            assert services.refer_to_authority(**ask).pk


def test_one_question_is_open_at_a_time(db, acting):
    authority()
    responder = officer()
    file = referred(responder)
    again = screened(file.case, responder)
    with pytest.raises(FileAlreadyOpen):
        services.refer_to_authority(screening=again, by=responder, at=NOW + timedelta(hours=3))


def test_without_an_authority_nothing_is_sent_into_the_void(db, acting):
    with pytest.raises(NobodyDecides):
        referred()


def test_only_the_authority_adds_findings(db, acting):
    authority()
    responder = officer()
    file = referred(responder)
    with pytest.raises(NotYourRole):
        _add(file, responder, "means.force", True)


def test_an_officer_of_the_authority_without_the_file_is_told_it_is_not_there(db, acting):
    authority()
    file = referred()
    (late,) = authority(1)
    acting(late)
    with pytest.raises(NotOpenToYou):
        _add(file, late, "means.force", True)


@pytest.mark.parametrize(
    ("more", "said"),
    [({"code": "means.forc"}, "'means.force'"), ({"because": " "}, "what was said or seen")],
)
def test_a_finding_needs_a_known_code_and_words(db, acting, more, said):
    (reader, *_) = authority()
    file = referred()
    source = told(file, reader)
    kept = {"code": "means.force", "because": "Said so."} | more
    with pytest.raises(WrongInput, match=said):
        services.record_finding(file=file, source=source, made_out=True, by=reader, at=NOW, **kept)


def test_sources_that_differ_leave_the_fact_unknown_and_say_so(db, acting):
    (reader, *_) = authority()
    file = referred()
    acting(reader)
    _add(file, reader, "means.deception", False)
    outcome = queries.assessment(file)
    assert outcome["facts"]["means.deception"] == "unknown"
    assert outcome["sources_differ"] == ["means.deception"]
    assert outcome["palermo"]["means"] == "unknown"


answers = st.lists(st.tuples(st.sampled_from(sorted(MADE_OUT)), st.none() | st.booleans()))


@given(answers)
def test_unknown_never_counts_for_or_against(said):
    plain, differ = queries.joined(Finding(code=c, made_out=m) for c, m in said)
    known, differ_too = queries.joined(
        Finding(code=c, made_out=m) for c, m in said if m is not None
    )
    assert {c: v for c, v in plain.items() if v is not None} == {
        c: v for c, v in known.items() if v is not None
    }
    assert differ == differ_too


@given(answers)
def test_a_fact_is_yes_or_no_only_where_no_source_says_otherwise(said):
    facts, differ = queries.joined(Finding(code=c, made_out=m) for c, m in said)
    for code, value in facts.items():
        told = {m for c, m in said if c == code} - {None}
        assert value is (told.pop() if len(told) == 1 else None)
        assert (code in differ) is ({True, False} <= {m for c, m in said if c == code})


def test_two_readings_that_agree_decide(db, acting):
    first, second, _ = authority()
    file = referred()
    assert read(file, first) is None
    decision = read(file, second, days=2)
    assert (decision.status, decision.decided_by, decision.second_reader) == (
        GROUNDS, first, second
    )  # fmt: skip
    assert decision.article.startswith("Palermo Protocol, Article 3; KH-LSHTSE-2008")
    assert decision.outcome["palermo"]["finding"] == "met"
    assert {r["code"] for r in decision.reasons} == set(MADE_OUT)
    file.refresh_from_db()
    assert file.closed_at == decision.decided_at
    assert [e.act for e in audit.about(file.case_id)].count("determination.decided") == 1


def test_a_negative_decision_needs_the_elements_answered_as_well(db, acting):
    first, second, _ = authority()
    file = referred(answers=MADE_OUT | NO_PURPOSE)
    read(file, first, REFUSED, reasons="Nobody profited; every purpose was asked about.")
    decision = read(file, second, REFUSED, reasons="No purpose of exploitation.")
    assert (decision.status, decision.article) == (REFUSED, "Palermo Protocol, Article 3")
    assert decision.grounds == ["no_purpose"]


def test_a_negative_needs_readers_of_two_agencies(db, acting):
    first, other_board, same_board = authority()
    file = referred(answers=MADE_OUT | NO_PURPOSE)
    assert read(file, first, REFUSED) is None
    assert read(file, same_board, REFUSED) is None
    decision = read(file, other_board, REFUSED)
    assert {decision.decided_by, decision.second_reader} == {first, other_board}


def test_a_positive_may_come_from_two_readers_of_one_agency(db, acting):
    first, _, same_board = authority()
    file = referred()
    read(file, first)
    assert read(file, same_board).status == GROUNDS


@given(st.lists(st.tuples(st.sampled_from([GROUNDS, REFUSED]), st.integers(1, 3)), max_size=5))
def test_a_file_is_settled_only_by_two_who_find_the_same(read_so_far):
    readings = [
        Reading(answer=answer, reader=Officer(pk=n, agency_id=agency))
        for n, (answer, agency) in enumerate(read_so_far)
    ]
    believed = [r for r in readings if r.answer == GROUNDS]
    refused = {r.reader.agency_id for r in readings if r.answer == REFUSED}
    pair = rule.settling_pair(readings)
    assert (pair is not None) == (len(believed) > 1 or len(refused) > 1)
    assert pair is None or pair[0].answer == pair[1].answer


def test_refuses_the_same_officer_twice(db, acting):
    (first, *_) = authority()
    file = referred()
    read(file, first)
    with pytest.raises(NotImpartial):
        read(file, first)


def test_refuses_the_officer_who_screened(db, acting):
    readers = authority()
    responder = officer()
    file = referred(responder)
    acting(responder)
    changed_post(responder, "authority")
    open_to(responder, file.case_id, "determination")
    with pytest.raises(NotImpartial):
        read(file, responder)
    assert policies.is_impartial(readers[0], file)


@pytest.mark.parametrize("missing", ["act", "means", "purpose"])
def test_an_unknown_element_is_held_against_nobody(db, acting, missing):
    (first, *_) = authority()
    known = {c: v for c, v in MADE_OUT.items() if not c.startswith(missing)}
    file = referred(answers=known)
    with pytest.raises(NotDecidable) as refused:
        read(file, first, REFUSED, differs_because="I think so.")
    assert refused.value.missing == (missing.capitalize(),)


def test_on_reasonable_grounds_a_person_is_believed_before_all_is_known(db, acting):
    first, second, _ = authority()
    file = referred(answers={"act.recruitment": True, "means.threat": True})
    read(file, first, grounds=["suspected"])
    decision = read(file, second, grounds=["suspected"])
    assert (decision.status, decision.is_override) == (GROUNDS, False)
    assert decision.outcome["palermo"]["missing"] == ["purpose"]


def test_what_nobody_answered_gives_no_grounds(db, acting):
    (first, *_) = authority()
    file = referred(answers={})
    with pytest.raises(NotDecidable):
        read(file, first)


def test_the_conclusive_question_is_not_answered_while_an_element_is_unknown(db, acting):
    first, second, third = authority()
    asked = believed(referred(answers={"act.recruitment": True, "means.threat": True}),
                     first, second)  # fmt: skip
    with pytest.raises(NotDecidable):
        read(asked, third, differs_because="I think so.")


def test_a_child_needs_no_means(db, acting):
    (first, *_) = authority()
    file = referred(answers={"act.recruitment": True, "purpose.forced_labour": True}, age=15)
    assert read(file, first, grounds=["child_no_means"]) is None


def test_who_was_a_child_when_it_began_is_judged_as_one(db, acting):
    (first, *_) = authority()
    file = referred(answers=MADE_OUT, age=20)
    acting(first)
    services.record_conduct(file=file, conduct_from="2021", conduct_to="2026", by=first, at=NOW)
    assert queries.assessment(file)["palermo"]["age_basis"] == "child"
    services.record_conduct(file=file, conduct_from="2024", conduct_to="", by=first, at=NOW)
    assert queries.assessment(file)["palermo"]["age_basis"] == "presumed_child"


def test_where_sources_differ_a_reader_settles_it_with_a_reason(db, acting):
    first, second, third = authority()
    asked = believed(referred(), first, second)
    _add(asked, third, "means.deception", False)
    with pytest.raises(DiffersWithoutReason):
        read(asked, first)
    why = "The paper she was shown is in the file; the co-worker was not there."
    read(asked, first, differs_because=why, grounds=["sources_weighed"])
    decision = read(asked, second, differs_because=why)
    assert (decision.status, decision.is_override) == (RECOGNISED, True)


def test_a_reading_that_leaves_the_rule_says_why_and_is_counted(db, acting):
    (first, *_) = authority()
    file = referred()
    with pytest.raises(DiffersWithoutReason):
        read(file, first, REFUSED)
    assert read(file, first, REFUSED, differs_because="The offer was a family visit.") is None
    kept = Reading.objects.get()
    assert (kept.is_override, kept.rule_gave) == (True, "met")


def test_a_reading_has_reasons_and_a_known_answer(db, acting):
    (first, *_) = authority()
    file = referred()
    with pytest.raises(ReasonsMissing):
        read(file, first, reasons=" ")
    with pytest.raises(WrongInput, match="ActualVictim"):
        read(file, first, "ActualVictim")


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"grounds": []}, GroundsMissing),
        ({"grounds": ["no_means"]}, GroundsMissing),
        ({"no_tie": False}, TieNotDenied),
        ({"answer": RECOGNISED}, AnswerOfStage),
    ],
)
def test_a_reading_has_a_ground_of_its_answer_and_no_tie(db, acting, more, refusal):
    (first, *_) = authority()
    file = referred()
    with pytest.raises(refusal):
        read(file, first, **more)
    assert not Reading.objects.exists()


def test_who_has_a_tie_reads_nothing_about_the_case(db, acting):
    first, second, _ = authority()
    file = referred()
    acting(first)
    services.declare_tie(file=file, by=first, at=NOW + timedelta(days=1))
    assert not DeterminationFile.objects.exists()
    with pytest.raises(NotOpenToYou):
        read(file, first, days=2)
    acting(second)
    assert list(queries.files_to_read(second, at=NOW)) == [file]


def test_readings_that_differ_go_to_a_third_reader_who_settles_it(db, acting):
    first, second, third = authority()
    file = referred()
    read(file, first)
    assert read(file, second, REFUSED, differs_because="The means are not shown to me.") is None
    decision = read(file, third, days=3)
    assert (decision.status, decision.decided_by) == (GROUNDS, first)
    assert decision.second_reader == third


def test_nobody_sees_another_reading_before_the_decision(db, acting):
    first, second, _ = authority()
    file = referred()
    read(file, first)
    acting(second)
    assert queries.readings_shown_to(file, second) == []
    assert queries.reads_so_far(file) == 1
    read(file, second)
    file.refresh_from_db()
    assert len(queries.readings_shown_to(file, second)) == 2


def test_a_decided_file_takes_nothing_more(db, acting):
    first, second, third = authority()
    file = referred()
    read(file, first)
    read(file, second)
    with pytest.raises(FileClosed):
        read(file, third)
    file.refresh_from_db()
    with pytest.raises(FileClosed):
        _add(file, third, "means.force", True)


def test_a_positive_decision_is_there_for_the_registrar_and_nobody_else(db, acting):
    first, second, _ = authority()
    here, responder = registrar("12"), officer()
    file = referred(responder)
    read(file, first)
    read(file, second)
    acting(here)
    assert Decision.objects.get().status == GROUNDS
    acting(responder)
    assert not Decision.objects.exists()


@pytest.mark.parametrize(("begun", "ended"), [("2009-13", ""), ("soon", ""), ("2010", "2009-05")])
def test_dates_of_the_conduct_are_dates_in_order(db, acting, begun, ended):
    (first, *_) = authority()
    file = referred()
    acting(first)
    with pytest.raises(WrongInput, match="conduct"):
        services.record_conduct(file=file, conduct_from=begun, conduct_to=ended, by=first, at=NOW)


def test_the_dates_of_the_conduct_choose_the_law(db, acting):
    (first, *_) = authority()
    file = referred()
    acting(first)
    services.record_conduct(file=file, conduct_from="2005", conduct_to="2006-03", by=first, at=NOW)
    statutes = {o["statute"] for o in queries.assessment(file)["offences"]}
    assert "KH-KTE-1996" in statutes
    assert "KH-LSHTSE-2008" not in statutes


def test_the_status_of_many_cases_is_one_query(db, acting, django_assert_num_queries):
    first, second, _ = authority()
    responder = officer()
    files = [referred(responder) for _ in range(3)]
    plain = met(responder)
    read(files[0], first)
    read(files[0], second)
    acting(first)
    numbers = [f.case_id for f in files] + [plain.number]
    with django_assert_num_queries(1):
        found = queries.statuses(numbers)
    assert list(found.values()) == [
        CaseStatus.REASONABLE_GROUNDS,
        CaseStatus.PRESUMED,
        CaseStatus.PRESUMED,
        None,
    ]


def test_of_what_is_not_open_no_status_is_said(db, acting):
    case = met(officer())
    provider = officer("provider")
    open_to(provider, case.number, "support", by=case.opened_by)
    acting(provider)
    assert queries.statuses([case.number]) == {case.number: None}

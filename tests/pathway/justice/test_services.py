"""Filing a complaint, adding accused, charging: who may, what is kept, what is refused."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from mekhala.pathway.encounter.models import Case
from mekhala.pathway.justice import queries, services
from mekhala.pathway.justice.errors import (
    AlreadyWithdrawn,
    ConsentMissing,
    DaysOutOfOrder,
    NoSuchText,
    NotChargedThen,
    NotOfThisCourt,
    TextNotInForce,
)
from mekhala.pathway.justice.models import Accused, Proceeding, Stage, Step
from mekhala.safeguards.access.errors import NotOpenToYou, NotYourRole
from mekhala.safeguards.access.purposes import Role
from mekhala.safeguards.consent.models import Answer, Consent, DataClass
from mekhala.safeguards.identity import services as vault
from mekhala.safeguards.identity.models import Identity
from tests.builders import case, officer
from tests.builders_justice import (
    ARTICLE,
    AT,
    COMPLAINT_ON,
    DAYS,
    NAME,
    accused,
    answer_about,
    court_officer,
    proceeding,
)
from tests.log import Entry


def _acts():
    return list(Entry.objects.order_by("id").values_list("act", flat=True))


def test_a_complaint_is_open_to_the_officer_who_filed_it_and_to_nobody_else(db, acting):
    mine, other = court_officer(), officer(Role.JUSTICE)
    filed = proceeding(mine)
    assert filed.number.startswith("PR-")
    assert _acts() == ["access.opened", "justice.complaint_filed"]
    acting(other)
    assert not Proceeding.objects.exists()


@pytest.mark.parametrize("role", [r for r in Role if r != Role.JUSTICE])
def test_refuses_a_complaint_filed_in_another_role(db, acting, role):
    by = officer(role)
    acting(by)
    with pytest.raises(NotYourRole):
        services.file_complaint(by=by, at=AT, complaint_on=COMPLAINT_ON)


def test_a_case_is_linked_only_while_her_yes_to_this_agency_stands(db, acting):
    first, court = officer(), court_officer()
    opened = case(first)
    for minutes, answer in enumerate((None, Answer.REFUSED, Answer.GIVEN, Answer.WITHDRAWN)):
        if answer:
            acting(first)
            answer_about(opened, first, answer, to=court, minutes=minutes)
            acting(court)
        if answer != Answer.GIVEN:
            with pytest.raises(ConsentMissing):
                services.file_complaint(
                    by=court, at=AT, complaint_on=COMPLAINT_ON, case=opened.number
                )
            continue
        linked = services.file_complaint(
            by=court, at=AT, complaint_on=COMPLAINT_ON, case=opened.number
        )
        assert linked.case_id == opened.number
        assert not Case.objects.exists()  # the link opens nothing of her file


def test_a_yes_to_another_agency_or_about_less_links_nothing_and_is_not_seen(db, acting):
    first, court, other = officer(), court_officer(), officer(Role.JUSTICE)
    opened = case(first)
    acting(first)
    answer_about(opened, first, Answer.GIVEN, to=other)
    answer_about(opened, first, Answer.GIVEN, to=court, data_class=DataClass.NEEDS)
    acting(court)
    assert [c.recipient for c in Consent.objects.all()] == [court.agency.code]
    with pytest.raises(ConsentMissing):
        services.file_complaint(by=court, at=AT, complaint_on=COMPLAINT_ON, case=opened.number)


def test_a_name_is_kept_in_the_vault_under_the_proceeding_and_in_no_audit_entry(db, acting):
    by = court_officer()
    one = accused(by)
    kept = vault.show(one.number, by=by, at=AT, purpose="justice")
    assert (kept.file_number, kept.latin_name) == (one.proceeding_id, NAME["latin_name"])
    assert "Invented" not in str(list(Entry.objects.values()))
    acting(officer(Role.JUSTICE))
    assert not Identity.objects.exists()


def test_an_officer_to_whom_it_is_not_open_can_do_nothing_in_a_proceeding(db, acting):
    held = accused(court_officer())
    stranger = officer(Role.JUSTICE)
    acting(stranger)
    with pytest.raises(NotOpenToYou):
        services.record_step(held, Stage.SUSPECT, DAYS[0], by=stranger, at=AT)
    with pytest.raises(NotOpenToYou):
        services.add_accused(held.proceeding, sex="male", age=None, by=stranger, at=AT)


def test_a_proceeding_is_opened_to_a_colleague_of_the_same_court_only(db, acting):
    mine = court_officer()
    filed = proceeding(mine)
    colleague, elsewhere = officer(Role.JUSTICE, at=mine.agency), officer(Role.JUSTICE)
    services.assign(filed, to=colleague, by=mine, at=AT)
    with pytest.raises(NotOfThisCourt):
        services.assign(filed, to=elsewhere, by=mine, at=AT)
    acting(colleague)
    assert queries.proceedings().get() == filed
    assert list(queries.colleagues(mine)) == [colleague]


def test_a_step_is_never_changed_or_taken_away(db):
    accused(court_officer())
    for change in (lambda: Step.objects.update(on=DAYS[0]), lambda: Step.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_a_charge_cites_the_version_in_force_at_the_conduct(db):
    by = court_officer()
    one = accused(by, upto=Stage.CHARGED)
    brought = services.charge(one, charged_on=DAYS[1], by=by, at=AT, **ARTICLE)
    assert (brought.article, brought.in_force_from) == ("12", date(2008, 2, 15))
    assert _acts()[-1] == "justice.charged"


def test_refuses_a_text_that_was_not_in_force_and_names_the_one_that_was(db):
    by = court_officer()
    one = accused(by, upto=Stage.CHARGED)
    old = ARTICLE | {"conduct_from": "2005", "conduct_to": "2007"}
    with pytest.raises(
        TextNotInForce, match=r"Article 12 of KH-LSHTSE-2008 was not in force"
    ) as no:
        services.charge(one, charged_on=DAYS[1], by=by, at=AT, **old)
    assert "The text in force then was that of KH-KTE-1996." in str(no.value)


@pytest.mark.parametrize(
    "wrong", [{"article": "999"}, {"statute": "NO-SUCH-LAW"}, {"in_force_from": date(2009, 1, 1)}]
)
def test_refuses_a_text_that_is_not_kept(db, wrong):
    by = court_officer()
    one = accused(by, upto=Stage.CHARGED)
    with pytest.raises(NoSuchText):
        services.charge(one, charged_on=DAYS[1], by=by, at=AT, **ARTICLE | wrong)


def test_refuses_a_charge_before_the_accused_is_a_charged_person(db):
    by = court_officer()
    one = accused(by, upto=Stage.CHARGED)
    with pytest.raises(NotChargedThen):
        services.charge(one, charged_on=DAYS[0], by=by, at=AT, **ARTICLE)


def test_refuses_a_charge_before_its_conduct_and_a_conduct_that_ends_before_it_begins(db):
    by = court_officer()
    one = accused(by, upto=Stage.CHARGED)
    for wrong in ({"conduct_from": "2025", "conduct_to": ""}, {"conduct_to": "2023-01"}):
        with pytest.raises(DaysOutOfOrder):
            services.charge(one, charged_on=DAYS[1], by=by, at=AT, **ARTICLE | wrong)


def test_a_charge_is_withdrawn_once_and_stays_on_the_file(db):
    by = court_officer()
    one = accused(by, upto=Stage.CHARGED)
    brought = services.charge(one, charged_on=DAYS[1], by=by, at=AT, **ARTICLE)
    with pytest.raises(DaysOutOfOrder):
        services.withdraw_charge(brought, on=DAYS[0], by=by, at=AT)
    services.withdraw_charge(brought, on=DAYS[2], by=by, at=AT)
    with pytest.raises(AlreadyWithdrawn):
        services.withdraw_charge(brought, on=DAYS[3], by=by, at=AT)
    assert queries.charges().get().withdrawn_on == DAYS[2]


def test_the_list_takes_two_queries_however_many_accused(db, django_assert_num_queries):
    by = court_officer()
    for upto in (Stage.SUSPECT, Stage.CHARGED, Stage.ACQUITTED):
        held = proceeding(by)
        accused(by, of=held, upto=upto)
        accused(by, of=held)
    with django_assert_num_queries(2):
        words = [{queries.stage_word(a) for a in p.accused.all()} for p in queries.proceedings()]
    assert {"Charged", "Named in a complaint"} in words
    assert Accused.objects.count() == 6

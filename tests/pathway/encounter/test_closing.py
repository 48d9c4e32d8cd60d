"""A case closes, with a reason, by who leads it; what is open to others then ends."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone, translation

from mekhala.core.wrong_input import WrongInput
from mekhala.pathway.aftercare.closing import close_case, still_open
from mekhala.pathway.aftercare.errors import NotFinished, StayOpen
from mekhala.pathway.aftercare.services import begin_stay, leave, make_plan, plan_follow_ups
from mekhala.pathway.encounter import closing, errors
from mekhala.pathway.encounter.models import Case
from mekhala.safeguards.access.acting import become
from mekhala.safeguards.access.errors import NotOpenToYou, NotYourRole
from mekhala.safeguards.access.models import Grant
from mekhala.safeguards.access.purposes import Purpose, Role
from tests.builders import NOW, case, officer, open_to
from tests.builders_casework import authority, referred
from tests.builders_help import asked, registrar_with_case, service
from tests.builders_retention import as_owner


@pytest.fixture
def led(db):
    """Return a case and who opened it, acting."""
    made = case(by := officer())
    become(by.pk)
    return made, by


def test_a_case_closes_with_a_reason_and_opens_again(led):
    made, by = led
    close_case(made, because="persons_wish", by=by, at=NOW)
    assert (made.closed_at, made.closed_by, made.closed_because) == (NOW, by, "persons_wish")
    closing.reopen(made, by=by, at=NOW)
    assert (made.closed_at, made.closing_noted_at) == (None, None)


def test_it_closes_once_and_only_what_is_closed_opens_again(led):
    made, by = led
    with pytest.raises(errors.NotClosed):
        closing.reopen(made, by=by, at=NOW)
    close_case(made, because="died", by=by, at=NOW)
    with pytest.raises(errors.ClosedMeanwhile):
        close_case(made, because="died", by=by, at=NOW)


def test_a_reason_is_one_of_the_list(led):
    with pytest.raises(WrongInput, match="because"):
        close_case(led[0], because="whatever", by=led[1], at=NOW)


def test_who_neither_leads_nor_registers_does_not_close(led):
    made, by = led
    reader, stranger = officer(Role.AUTHORITY), officer(Role.REGISTRAR)
    open_to(reader, made.number, Purpose.DETERMINATION, by=by)
    for who, refusal in ((reader, NotYourRole), (stranger, NotOpenToYou)):
        become(who.pk)
        with pytest.raises(refusal):
            close_case(made, because="died", by=who, at=NOW)


def test_a_registrar_closes_past_a_question_she_does_not_see_only_by_saying_so(db):
    authority()
    file = referred(first := officer())
    registrar = officer(Role.REGISTRAR)
    open_to(registrar, file.case_id, Purpose.REGISTRATION, by=first)
    become(registrar.pk)
    made = Case.objects.get(number=file.case_id)
    with translation.override("en"), pytest.raises(NotFinished, match="question"):
        close_case(made, because="died", by=registrar, at=NOW)
    close_case(made, because="died", by=registrar, at=NOW, despite=["question"])
    assert made.closed_despite == ["question"]


def test_a_request_and_a_day_to_look_in_are_named(db):
    referral = asked(service(), by=(by := officer()))
    become(by.pk)
    assert still_open(referral.case) == ["referral"]
    registrar, made = registrar_with_case()
    become(registrar.pk)
    plan = make_plan(made, "A job.", agreed_on=NOW.date(), by=registrar, at=NOW)
    plan_follow_ups(plan, by=registrar, at=NOW)
    assert still_open(made) == ["follow_up"]


def test_nobodys_case_is_closed_while_she_stays_in_a_house_whatever_is_named(db):
    registrar, made = registrar_with_case(age=24, age_certainty="known")
    become(registrar.pk)
    stay = begin_stay(
        made, agency=service().agency, kind="shelter", basis="own_consent", agreed=True,
        movement="free", began_at=NOW - timedelta(days=2), by=registrar, at=NOW,
    )  # fmt: skip
    assert still_open(made) == ["stay"]
    with pytest.raises(StayOpen):
        close_case(made, because="help_complete", by=registrar, at=NOW, despite=["stay"])
    leave(stay, by=registrar, at=NOW)
    close_case(made, because="help_complete", by=registrar, at=NOW)
    assert (made.closed_at, made.closed_despite) == (NOW, [])


def test_nothing_is_told_to_whom_the_case_is_not_open(db):
    referral = asked(service())
    become(officer(Role.REGISTRAR).pk)
    assert still_open(referral.case) == []


def test_what_others_than_registrars_hold_open_ends_after_thirty_days(db):
    registrar, made = registrar_with_case()
    provider = officer(Role.PROVIDER)
    open_to(provider, made.number, Purpose.SUPPORT, by=registrar)
    become(registrar.pk)
    close_case(made, because="help_complete", by=registrar, at=timezone.now())
    ends, later = {}, timezone.now() + timedelta(days=31)
    for who in (registrar, provider):
        become(who.pk)
        ends[who] = Grant.objects.get(officer=who, file_number=made.number).until < later
    assert ends == {registrar: False, provider: True}


def test_sql_as_the_application_says_of_no_case_that_it_was_closed_before_it_was(led):
    made, by = led
    before = timezone.now() - timedelta(seconds=5)
    with connection.cursor() as cursor:
        cursor.execute(
            "update encounter_case set closed_at = '2001-01-01', closed_by_id = %s,"
            " closed_because = 'died', closing_noted_at = '2001-01-01', erased_at = now()",
            [by.pk],
        )
        cursor.execute("update encounter_case set closing_noted_at = '2001-01-01'")
    made.refresh_from_db()
    assert made.closing_noted_at > before
    assert made.erased_at is None


def test_without_the_trigger_the_day_would_be_whatever_is_said(led):
    as_owner("drop trigger closing on encounter_case")
    Case.objects.update(closed_at=NOW, closed_by=led[1], closed_because="died",
                        closing_noted_at=NOW - timedelta(days=9999))  # fmt: skip
    assert Case.objects.get().closing_noted_at < NOW


def test_what_was_erased_is_not_opened_again(led):
    made, by = led
    close_case(made, because="died", by=by, at=NOW)
    as_owner("update encounter_case set erased_at = now()")
    with pytest.raises(errors.ErasedForGood):
        closing.reopen(made, by=by, at=NOW)
    with pytest.raises(Exception, match="not opened again"), transaction.atomic():
        Case.objects.update(closed_at=None, closed_by=None, closed_because="")

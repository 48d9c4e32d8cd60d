"""Who opens a file to whom, asked of the services and of the database itself."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from mekhala.core.check_digit import new_number
from mekhala.pathway.referral import services as referrals
from mekhala.safeguards.access import services
from mekhala.safeguards.access.acting import become
from mekhala.safeguards.access.errors import NotOpenToYou
from mekhala.safeguards.access.models import Grant
from mekhala.safeguards.access.purposes import FieldClass, Purpose, Role
from mekhala.safeguards.consent.models import Consent
from tests.builders import NOW, case, officer, open_to
from tests.builders_guard import PURPOSE_OF
from tests.builders_help import asked, provider, service, yes

HANDED_ON = {
    Purpose.FIRST_CONTACT: {Purpose.DETERMINATION, Purpose.REGISTRATION},
    Purpose.DETERMINATION: {Purpose.DETERMINATION, Purpose.REGISTRATION},
    Purpose.REGISTRATION: {Purpose.DETERMINATION, Purpose.REGISTRATION},
    Purpose.SUPPORT: set(),
    Purpose.JUSTICE: {Purpose.JUSTICE},
}
FOR = {purpose: role for role, purpose in PURPOSE_OF.items()} | {Purpose.JUSTICE: Role.JUSTICE}


def _gives(by, to, number, purpose, classes=None, **more):
    """Return whether ``by`` can open the file, all of the purpose or some, to ``to`` now."""
    try:
        with transaction.atomic():
            services.open_to(
                [to],
                number,
                purpose=purpose,
                by=by,
                at=timezone.now(),
                field_classes=classes,
                **more,
            )
            transaction.set_rollback(True)
    except NotOpenToYou:
        return False
    return True


@pytest.mark.parametrize("held", Purpose)
def test_a_file_is_handed_on_only_for_what_follows_from_ones_own_purpose(db, acting, held):
    number, by = new_number("MK"), officer(FOR[held])
    open_to(by, number, held)
    acting(by)
    assert {p for p in Purpose if _gives(by, officer(FOR[p]), number, p)} == HANDED_ON[held]


@pytest.mark.parametrize("role", Role)
def test_a_purpose_goes_only_to_the_role_it_is_for(db, acting, role):
    number, by, justice = new_number("MK"), officer(), officer(Role.JUSTICE)
    open_to(by, number, Purpose.FIRST_CONTACT)
    open_to(justice, number, Purpose.JUSTICE)
    given = set()
    for giver in (by, justice):
        acting(giver)
        given |= {p for p in Purpose if _gives(giver, officer(role), number, p)}
    follows = {Purpose.DETERMINATION, Purpose.REGISTRATION, Purpose.JUSTICE}
    assert given == {p for p in follows if FOR[p] == role}


@pytest.mark.parametrize("purpose", Purpose)
def test_nobody_opens_to_themselves_a_file_that_stands(db, acting, purpose):
    stands, me = case(officer()), officer(FOR[purpose])
    acting(me)
    assert not _gives(me, me, stands.number, purpose)
    assert not _gives(me, officer(FOR[purpose]), stands.number, purpose)


def test_who_opens_a_file_is_the_first_to_hold_it(db, acting):
    for role in Role:
        me = officer(role)
        acting(me)
        first = {p for p in Purpose if _gives(me, me, new_number("MK"), p)}
        opens = {Role.FIRST_RESPONDER: {Purpose.FIRST_CONTACT}, Role.JUSTICE: {Purpose.JUSTICE},
                 Role.REGISTRAR: {Purpose.FIRST_CONTACT}}  # fmt: skip
        assert first == opens.get(role, set()), role


def test_nobody_prolongs_their_own_grant_or_opens_it_again(db, acting):
    me = officer()
    opened = case(me)
    acting(me)
    assert not _gives(me, me, opened.number, Purpose.FIRST_CONTACT)
    mine = Grant.objects.filter(officer=me)
    later = timezone.now() + timedelta(days=36500)
    for _ended in (False, True):
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            mine.update(until=later)
        services.close_to(me, opened.number, by=me, at=NOW + timedelta(days=1))
    assert not _gives(me, me, opened.number, Purpose.FIRST_CONTACT)


def test_a_grant_that_has_ended_hands_nothing_on(db, acting):
    me, reader = officer(), officer(Role.AUTHORITY)
    number = case(me).number
    acting(me)
    assert _gives(me, reader, number, Purpose.DETERMINATION)
    services.close_to(me, number, by=me, at=NOW + timedelta(days=1))
    assert not _gives(me, reader, number, Purpose.DETERMINATION)


@pytest.mark.parametrize(
    "column", ["file_number = 'MK-X'", "purpose = 'support'", "officer_id = 1"]
)
def test_a_grant_is_never_turned_into_another(db, acting, column):
    me = officer()
    case(me)
    acting(me)
    with (
        pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(),
        connection.cursor() as cursor,
    ):  # fmt: skip
        cursor.execute(f"update access_grant set {column}, until = granted_at")


def test_a_house_opens_the_file_by_accepting_and_not_before_or_after(db, acting):
    house = service()
    request, helper = asked(house), provider(house)
    colleague = provider(house)
    acting(helper)
    needs = [FieldClass.OPEN]
    assert not _gives(helper, helper, request.case_id, Purpose.SUPPORT, needs)
    referrals.accept(request, by=helper, at=NOW)
    yes = Consent.objects.get().pk
    soon = {"until": timezone.now() + timedelta(days=9), "consent": yes}
    assert _gives(helper, helper, request.case_id, Purpose.SUPPORT, needs, **soon)
    assert not _gives(helper, helper, request.case_id, Purpose.SUPPORT, **soon)  # and no more
    late = soon | {"until": timezone.now() + timedelta(days=99999)}
    assert not _gives(helper, helper, request.case_id, Purpose.SUPPORT, needs, **late)
    Grant.objects.filter(officer=helper).update(until=timezone.now())
    assert not _gives(helper, helper, request.case_id, Purpose.SUPPORT, needs)  # on no yes
    assert _gives(helper, helper, request.case_id, Purpose.SUPPORT, needs, **soon)
    assert not _gives(helper, helper, request.case_id, Purpose.REGISTRATION)
    acting(colleague)
    assert not _gives(colleague, colleague, request.case_id, Purpose.SUPPORT, needs)
    acting(helper)
    referrals.end(request, by=helper, at=NOW)
    assert not _gives(helper, helper, request.case_id, Purpose.SUPPORT, needs)


FUNCTIONS = """
select p.proname, p.proconfig::text, has_function_privilege('mekhala_public', p.oid, 'execute')
from pg_proc p where p.prosecdef and p.pronamespace = 'public'::regnamespace order by 1
"""


def test_functions_with_the_rights_of_the_owner_are_few_pinned_and_only_the_seals_public(db):
    with connection.cursor() as cursor:
        cursor.execute(FUNCTIONS)
        found = cursor.fetchall()
    assert [name for name, _set, _open in found] == [
        "access_end_grants_of", "access_may_open", "aftercare_counted",
        "aftercare_named_close", "aftercare_named_undecided", "aftercare_still_open",
        "aftercare_way_is_open", "audit_acts_about",
        "audit_append", "audit_digests", "audit_is_open", "audit_looks_at",
        "consent_borne_by_grant", "consent_carried", "consent_hold", "consent_hold_alone",
        "consent_newest", "consent_standing", "consent_takes_effect", "consent_tell_to_stop",
        "courts_convictions", "courts_histories",
        "determination_quality", "determination_returned_to_me", "dossiers_read",
        "emergency_looks",
        "emergency_open", "emergency_review", "emergency_suspend_overdue",
        "encounter_count_refusal", "encounter_first_met_on", "encounter_grants_end",
        "encounter_refusals", "encounter_take_quiet", "four_eyes_signed", "holds_held",
        "holds_take_reviews",
        "identity_forget_blind_keys", "identity_keep_blind_keys", "identity_keepings",
        "incidents_counted", "incidents_may_open", "institutions_overview",
        "intake_of_form", "intake_untaken", "intake_use",
        "justice_charge_after_check", "justice_clocks_running",
            "justice_hearings_to_watch", "justice_link_needs_a_yes", "justice_presumption",
        "justice_step_after_check",
        "justice_tell_of_clock", "justice_watched", "justice_yes_taken_back",
        "linkage_answer_allowed", "linkage_answer_counted", "linkage_end_list",
        "linkage_keep_records", "linkage_review_mine", "linkage_review_next",
        "linkage_review_progress", "linkage_show_person",
        "linkage_take_register", "reading_alarm", "reading_alarms", "reading_alarms_waiting",
        "reading_lift", "reading_lock", "reading_look", "reading_look_into", "redress_link_is_laid",
        "referral_accepted_by_me", "referral_answer_by_link", "referral_by_link",
        "referral_decide_placement",
        "referral_expire_overdue", "referral_link_is_known", "referral_link_state",
        "referral_needs_a_yes", "referral_opens_to_me", "referral_place_is_given",
        "referral_placements", "referral_transferred", "referral_wake", "referral_ways_taken",
        "referral_yes_taken_back", "registration_announced", "registration_ask",
        "registration_asked",
        "registration_asked_of_me", "registration_counts", "registration_duties",
        "registration_judge",
        "registration_judgements", "registration_may", "registration_not_asked",
        "registration_owed_by_me",
        "registration_people_alike", "registration_people_sharing",
        "registration_same_person", "retention_due", "retention_erase",
        "retention_overdue", "retention_stands_in_the_way", "retention_sweep", "retention_told",
        "retention_write_anew", "screening_answered", "seals_check",
        "unsealing_leads", "unsealing_signed",
        "visits_counted",
    ]  # fmt: skip
    for name, kept, is_open in found:
        assert "search_path=pg_catalog, public, pg_temp" in kept, name
        assert is_open == (name == "seals_check"), name  # what a stranger may ask


@pytest.mark.parametrize("role", [r for r in Role if r != Role.STATISTICIAN])
def test_an_officer_learns_nothing_by_the_functions_of_the_jobs(db, acting, role):
    asked(service())
    acting(officer(role))
    for call in ("linkage_take_register(2000, 2030)", "referral_expire_overdue('2999-01-01')",
                 "holds_take_reviews('2999-01-01')", "encounter_take_quiet('1 day')"):  # fmt: skip
        with (
            pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor,
        ):  # fmt: skip
            cursor.execute(f"select {call}")


def test_a_hold_is_not_over_before_its_time_whatever_instant_is_named(db, acting):
    house = service()
    asked(house)
    request = _asked_now(house)
    acting(None)
    assert referrals.expire_overdue(NOW + timedelta(days=36500)) == 1  # the one of the past
    acting(request.asked_by)
    request.refresh_from_db()
    assert request.status == "asked"


def _asked_now(house):
    by = officer()
    made = case(by)
    yes(made, house, by=by)
    become(by.pk)
    return referrals.ask(
        case=made, service=house, need="shelter", by=by, at=timezone.now(), urgent="danger"
    )

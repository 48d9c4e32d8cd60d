"""One file, one officer, one hour, under everybody's eyes (R-08, R-21)."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from mekhala.core.check_digit import new_number
from mekhala.pathway.encounter.models import Case, SafeContact
from mekhala.safeguards.access import services as access
from mekhala.safeguards.access.acting import become
from mekhala.safeguards.access.errors import NotOpenToYou
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Purpose, Role
from mekhala.safeguards.agencies.models import AgencyKind
from mekhala.safeguards.emergency import errors, services
from mekhala.safeguards.emergency.models import Opening
from mekhala.safeguards.emergency.queries import looks_during
from mekhala.safeguards.emergency.reasons import NEEDS, Reason
from mekhala.safeguards.identity.models import Identity
from mekhala.safeguards.notices.kinds import Kind
from mekhala.safeguards.notices.queries import unseen_of
from tests.builders import NOW, agency, case, officer, open_to
from tests.builders_guard import SECRET, everything
from tests.builders_reading_quota import as_owner, watching
from tests.log import Entry
from tests.sessions import sign_in

WORDS = "She telephoned from a locked room and asked for help now."
AGE = """update emergency_opening set at = at - interval '{0}',
  until = until - interval '{0}', review_due = review_due - interval '{0}'"""


@pytest.fixture
def helper(db):
    """Return a provider to whom nothing is open, with two agencies that watch."""
    watching()
    return officer(Role.PROVIDER, at=agency(AgencyKind.PROVIDER))


def _open(number, by, reason=Reason.DANGER_TO_LIFE, words=WORDS):
    become(by.pk)
    return services.open_file(number, reason=reason, words=words, by=by, at=timezone.now())


def _age(by):
    as_owner(AGE.format(by))


def _kinds(who):
    become(who.pk)
    return [notice.kind for notice in unseen_of(who)]


def _sees(who, model):
    become(who.pk)
    return model.objects.exists()


def test_a_file_opens_to_one_officer_for_an_hour(helper):
    closed, colleague = case(officer()), officer(Role.PROVIDER, at=helper.agency)
    assert not _sees(helper, Case)
    opening = _open(closed.number, helper)
    assert opening.until - opening.at == timedelta(minutes=60)
    assert _sees(helper, Case)
    assert not _sees(colleague, Case)
    _age("61 minutes")
    assert not _sees(helper, Case)


@pytest.mark.parametrize("reason", Reason)
def test_only_what_the_emergency_needs_is_open(helper, reason):
    full = everything()
    _open(full.number, helper, reason)
    seen = {table: _rows(helper, table) for table in TABLES}
    wanted = {t for t, part in TABLES.items() if part in NEEDS[reason]}
    assert {t for t, rows in seen.items() if rows} == wanted


TABLES = {
    "encounter_case": "open", "encounter_encounter": "location",
    "encounter_safecontact": "location", "identity_identity": "identity",
    "identity_datakey": "identity", "screening_screening": "never",
    "determination_finding": "never", "aftercare_supportplan": "never",
    "aftercare_stay": "never", "aftercare_naming": "never",
    "referral_referral": "never", "justice_proceeding": "never", "consent_consent": "never",
}  # fmt: skip


def _rows(who, table):
    become(who.pk)
    with connection.cursor() as cursor:
        cursor.execute(f"select count(*) from {table}")
        return cursor.fetchone()[0]


def test_nothing_is_written_under_an_emergency_and_nobody_else_let_in(helper):
    closed = case(officer())
    _open(closed.number, helper)
    assert Case.objects.filter(number=closed.number).update(age=50) == 0
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        SafeContact.objects.create(case=closed, way="in_person", asked_by=helper, asked_at=NOW)
    with pytest.raises(NotOpenToYou):
        access.open_to(
            [officer(Role.REGISTRAR)], closed.number, purpose=Purpose.REGISTRATION, by=helper,
            at=NOW,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("role", "kind"),
    [
        (Role.JUSTICE, AgencyKind.COURT), (Role.FIRST_RESPONDER, AgencyKind.POLICE),
        (Role.FIRST_RESPONDER, AgencyKind.BORDER),
        (Role.STATISTICIAN, AgencyKind.NATIONAL_COMMITTEE),
        (Role.ADMINISTRATOR, AgencyKind.NATIONAL_COMMITTEE),
    ],
)  # fmt: skip
def test_police_courts_and_those_who_help_nobody_open_nothing(helper, role, kind, client):
    who = officer(role, at=agency(kind))
    with pytest.raises(errors.NotForYourRole):
        _open(case(officer()).number, who)
    client.force_login(who)
    assert client.get("/emergencies/new/").status_code == 404
    assert "emergency" not in client.get("/cases/find/").content.decode()


def test_an_unknown_number_is_answered_like_any_other_and_uses_one_of_two_tries(helper):
    assert _open(new_number("MK"), helper).until is None
    assert _open(new_number("PR"), helper).until is None
    with pytest.raises(errors.TriedTwice):
        _open(case(officer()).number, helper)


def test_two_in_thirty_days_and_the_third_after_them(helper):
    one, two, three = (case(officer()).number for _ in range(3))
    _open(one, helper)
    _open(two, helper)
    as_owner("update emergency_opening set justified = true")
    with pytest.raises(errors.TriedTwice):
        _open(three, helper)
    _age("30 days 1 minute")
    assert _open(three, helper).until


@pytest.mark.parametrize("words", ["", "Too short to say why it is.", " " * 40])
def test_the_reason_is_said_in_thirty_letters(helper, words):
    with pytest.raises(errors.WordsTooShort):
        _open(case(officer()).number, helper, words=words)


def test_without_anybody_to_review_it_nothing_opens(db):
    with pytest.raises(errors.NobodyToReview):
        _open(case(officer()).number, officer(Role.PROVIDER))


def test_its_holders_and_another_agency_are_told_before_it_opens(helper):
    office, authority = watching()
    first, registrar = officer(), officer(Role.REGISTRAR)
    closed = case(first)
    open_to(registrar, closed.number, Purpose.REGISTRATION)
    _open(closed.number, helper)
    assert _kinds(registrar) == [Kind.BREAK_GLASS]
    assert _kinds(first) == []
    assert Kind.BREAK_GLASS_REVIEW in _kinds(office)
    assert "break_glass" not in str(_kinds(helper))
    assert unseen_of(authority).count() in (0, 1)


def test_who_reviews_sees_who_when_why_and_what_was_looked_at(helper, client):
    full = everything()
    opening = _open(full.number, helper)
    client.force_login(helper)
    assert client.get(f"/cases/{full.number}/emergency/").status_code == 200
    office = watching()[0]
    become(office.pk)
    assert [look.page for look in looks_during(opening)] == ["emergency:file"]
    become(helper.pk)
    assert looks_during(opening) == []
    client.force_login(office)
    page = client.get(f"/emergencies/{opening.pk}/").content.decode()
    assert WORDS in page
    assert helper.shown_as in page
    assert "Opened in an emergency" in page


def test_the_page_opens_shows_and_counts_down_and_the_name_only_on_asking(helper, client):
    full = everything()
    sign_in(client, helper)
    told = {"number": full.number, "reason": "danger_to_life", "words": WORDS}
    opened = client.post("/emergencies/new/", told)
    assert opened["Location"] == f"/cases/{full.number}/emergency/"
    page = client.get(opened["Location"]).content.decode()
    assert "60 minutes left" in page
    assert SECRET not in page
    assert SECRET in client.post(f"/cases/{full.number}/emergency/name/").content.decode()
    assert "60 minutes left" in client.get("/today/").content.decode()
    assert client.get(f"/cases/{full.number}/").status_code == 404
    _age("61 minutes")
    assert client.get(opened["Location"]).status_code == 404
    assert client.post(f"/cases/{full.number}/emergency/name/").status_code == 404


def test_the_page_tells_an_unknown_number_in_the_words_of_a_closed_one(helper, client):
    sign_in(client, helper)
    told = {"number": new_number("MK"), "reason": "medical", "words": WORDS}
    page = client.post("/emergencies/new/", told).content.decode()
    assert str(NotOpenToYou.words) in page
    become(helper.pk)
    assert Opening.objects.get().until is None


def test_an_old_sign_in_opens_nothing(helper, client):
    sign_in(client, helper, minutes_ago=20)
    told = {"number": case(officer()).number, "reason": "medical", "words": WORDS}
    assert "reauthenticate" in client.post("/emergencies/new/", told)["Location"]
    become(helper.pk)
    assert not Opening.objects.exists()


def test_not_justified_suspends_the_account_and_is_reported(helper, client):
    closed = case(officer())
    opening = _open(closed.number, helper)
    office, _authority = watching()
    client.force_login(helper)
    become(office.pk)
    services.review(
        opening, justified=False, words="Nobody was in danger; the officer was asked.",
        by=office, at=timezone.now(),
    )  # fmt: skip
    assert not Officer.objects.get(pk=helper.pk).is_active
    assert client.get("/today/").status_code == 302
    assert not _sees(helper, Case)
    assert Kind.BREAK_GLASS_NOT_JUSTIFIED in _kinds(office)
    assert "emergency.reviewed" in set(Entry.objects.values_list("act", flat=True))


def test_justified_leaves_the_account_as_it_is(helper):
    opening = _open(case(officer()).number, helper)
    office, _authority = watching()
    become(office.pk)
    words = "The shelter telephoned the police and the clinic at once."
    services.review(opening, justified=True, words=words, by=office, at=timezone.now())
    assert Officer.objects.get(pk=helper.pk).is_active
    with pytest.raises(errors.NotYoursToReview):
        services.review(opening, justified=False, words=words, by=office, at=timezone.now())


def test_nobody_reviews_their_own_agency_or_in_another_role(db):
    watching()
    authority = officer(Role.AUTHORITY, at=agency(AgencyKind.COMPETENT_AUTHORITY))
    colleague = officer(Role.AUTHORITY, at=authority.agency)
    opening = _open(case(officer()).number, authority)
    for who in (authority, colleague, officer(Role.REGISTRAR), officer(Role.JUSTICE)):
        become(who.pk)
        with pytest.raises(errors.NotYoursToReview):
            services.review(opening, justified=True, words=WORDS, by=who, at=timezone.now())


def test_after_seventy_two_hours_without_a_review_the_officer_is_suspended_once(helper):
    from mekhala.jobs.overdue_reviews import suspend_where_overdue

    _open(case(officer()).number, helper)
    become(0)
    _age("71 hours")
    assert suspend_where_overdue.call() == 0
    _age("2 hours")
    become("")
    assert suspend_where_overdue.call() == 1
    assert suspend_where_overdue.call() == 0
    assert not Officer.objects.get(pk=helper.pk).is_active
    assert Kind.BREAK_GLASS_OVERDUE in _kinds(helper)


def test_while_a_review_is_overdue_nothing_more_opens(helper):
    _open(case(officer()).number, helper)
    _age("73 hours")
    with pytest.raises(errors.ReviewOverdue):
        _open(case(officer()).number, helper)


def test_the_application_writes_no_opening_itself(helper):
    become(helper.pk)
    for attack in (
        "update emergency_opening set until = now() + interval '9 days'",
        "insert into emergency_opening (file_number) values ('MK-0000-0000')",
        "select emergency_suspend(1)",
    ):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            _run(attack)


def _run(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_list_of_parts_is_the_same_in_the_database(db):
    as_owner("grant execute on function emergency_parts(text) to mekhala_app")
    with connection.cursor() as cursor:
        for reason, parts in NEEDS.items():
            cursor.execute("select emergency_parts(%s)", [reason.value])
            assert set(cursor.fetchone()[0]) == {part.value for part in parts}


def test_the_looks_page_says_it_was_an_emergency_and_the_name_is_kept_apart(helper, client):
    full = everything()
    _open(full.number, helper)
    client.force_login(helper)
    client.get(f"/cases/{full.number}/emergency/")
    client.force_login(full.inside[Role.REGISTRAR])
    assert "Opened in an emergency" in client.get(f"/cases/{full.number}/looks/").content.decode()


def test_with_the_rule_of_two_taken_out_a_third_file_opens(helper):
    """The mutant: the guard stands in the database, and without it the attack goes through."""
    as_owner(
        "create or replace function emergency_refused(for_reason text, said text,"
        " reviewers bigint[]) returns text language sql stable as 'select null::text'"
    )
    for _ in range(3):
        assert _open(case(officer()).number, helper).until


def test_with_the_narrow_policies_taken_out_nothing_is_seen(helper):
    closed = case(officer())
    _open(closed.number, helper)
    for table in ("encounter_case", "identity_identity"):
        as_owner(f"drop policy in_emergency on {table}")
    assert not _sees(helper, Case)
    assert not _sees(helper, Identity)

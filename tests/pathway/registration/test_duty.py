"""The duty to register: organisations announce without a name, and the ministry sees counts."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from mekhala.core.calendar.stages import first_day_to_announce_in_time, last_day_to_announce
from mekhala.pathway.determination.models import TraffickingStatus
from mekhala.pathway.registration import duty, errors, services
from mekhala.pathway.registration.models import Announcement
from mekhala.pathway.screening.services import record_screening
from mekhala.safeguards.access.purposes import Purpose, Role
from mekhala.safeguards.agencies.models import AgencyKind
from tests.builders import agency, case, officer, open_to
from tests.builders_help import decision
from tests.log import Entry

LONG_AGO = timedelta(days=40)


@pytest.fixture
def helper(db):
    return officer(Role.FIRST_RESPONDER, at=agency(AgencyKind.FIRST_RESPONDER))


@pytest.fixture
def ministry(db):
    return officer(Role.REGISTRAR, at=agency(AgencyKind.SOCIAL_AFFAIRS))


def known(by, acting, *, ago=timedelta(), outcome="refer", **more):
    """Return a case of somebody whom ``by`` met and screened so long ago."""
    made = case(by, **more)
    acting(by)
    record_screening(
        case=made, by=by, at=timezone.now() - ago, answers={}, outcome=outcome, because="Invented."
    )
    return made


def counts(ministry, acting, today=None):
    acting(ministry)
    return [
        (one.waiting, one.overdue, one.announced, one.registered)
        for one in duty.by_agency(today=today or timezone.localdate())
    ]


def test_whom_an_organisation_met_and_referred_is_owed_within_working_days(helper, acting):
    made = known(helper, acting)
    known(helper, acting, outcome="unsure")
    [owed] = duty.owed()
    assert owed.number == made.number
    assert owed.due_on == last_day_to_announce(timezone.localdate())


def test_what_is_owed_turns_overdue_for_the_ministry_without_anybody_in_it(
    helper, ministry, acting
):
    known(helper, acting)
    made = known(helper, acting, ago=LONG_AGO)
    assert counts(ministry, acting) == [(1, 1, 0, 0)]
    acting(helper)
    assert [duty.is_overdue(one, today=timezone.localdate()) for one in duty.owed()] == [
        True, False,
    ]  # fmt: skip
    acting(ministry)
    assert made.number not in str(duty.by_agency(today=timezone.localdate()))


def test_an_announcement_names_nobody_and_joins_the_file_once_that_is_open(
    helper, ministry, acting
):
    made = known(helper, acting, sex="female", age=15, age_certainty="known")
    kept = duty.announce(made, by=helper, at=timezone.now())
    assert Entry.objects.filter(act="registration.announced").count() == 1
    assert counts(ministry, acting) == [(0, 0, 1, 0)]
    [told] = duty.announced(most=10)
    assert (told.number, told.sex, told.age_told) == (kept.number, "female", "0-17")
    assert made.number not in str(told)
    assert not Announcement.objects.exists()  # the row, which knows the case, is not there
    open_to(ministry, made.number, Purpose.REGISTRATION, by=helper)
    acting(ministry)
    assert Announcement.objects.get().case_id == made.number


def test_who_is_registered_or_no_victim_is_owed_no_more(helper, ministry, acting):
    entered, no_victim = known(helper, acting), known(helper, acting)
    decision(entered)
    decision(no_victim, TraffickingStatus.NOT_ESTABLISHED)
    open_to(ministry, entered.number, Purpose.REGISTRATION, by=helper)
    acting(ministry)
    services.register(case=entered, by=ministry, at=timezone.now())
    assert counts(ministry, acting) == [(0, 0, 0, 1)]
    acting(helper)
    assert duty.owed() == []


def test_nothing_is_announced_twice_by_others_or_for_the_authorities(helper, acting):
    made = known(helper, acting)
    duty.announce(made, by=helper, at=timezone.now())
    with pytest.raises(errors.NoDutyHere):
        duty.announce(made, by=helper, at=timezone.now())
    police = officer(Role.FIRST_RESPONDER, at=agency(AgencyKind.POLICE))
    theirs = known(police, acting)
    with pytest.raises(errors.NoDutyHere):
        duty.announce(theirs, by=police, at=timezone.now())
    colleague = officer(Role.FIRST_RESPONDER, at=helper.agency)
    known(helper, acting)
    acting(colleague)
    assert duty.owed() == []  # the file is not open to them


@pytest.mark.parametrize("role", [Role.AUTHORITY, Role.PROVIDER, Role.STATISTICIAN])
def test_only_the_ministry_is_told_and_only_counts(helper, acting, role):
    made = known(helper, acting)
    duty.announce(made, by=helper, at=timezone.now())
    acting(officer(role))
    assert duty.by_agency(today=timezone.localdate()) == []
    assert duty.announced(most=10) == []


def test_an_announcement_is_never_altered(helper, acting):
    duty.announce(known(helper, acting), by=helper, at=timezone.now())
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("update registration_announcement set sex = 'male'")


def test_the_first_day_in_time_is_the_one_whose_last_day_is_not_over():
    today = timezone.localdate()
    for back in range(21):
        day = today - timedelta(days=back)
        first = first_day_to_announce_in_time(day)
        assert last_day_to_announce(first) >= day
        assert last_day_to_announce(first - timedelta(days=1)) < day


def test_the_ministry_reads_organisations_in_its_own_language(ministry, acting, client):
    helper = officer(at=agency(AgencyKind.FIRST_RESPONDER, name_km="អង្គការ ក"))
    known(helper, acting, ago=LONG_AGO)
    client.force_login(ministry)
    client.cookies["django_language"] = "km"
    assert "អង្គការ ក" in client.get("/registrations/duties/").content.decode()


def test_it_is_announced_by_page_and_seen_by_the_ministry(helper, ministry, acting, client):
    made = known(helper, acting, ago=LONG_AGO)
    at = f"/cases/{made.number}/duty-to-register/"
    client.force_login(helper)
    assert at in client.get("/today/").content.decode()
    assert at in client.get(f"/cases/{made.number}/").content.decode()
    assert "Tell the ministry of social affairs by" in client.get(at).content.decode()
    client.force_login(ministry)
    assert "People the ministry was not told of" in client.get("/today/").content.decode()
    client.force_login(helper)
    assert client.post(at).status_code == 302
    assert "without a name" in client.get(at).content.decode()
    client.force_login(ministry)
    page = client.get("/registrations/duties/").content.decode()
    acting(helper)
    assert Announcement.objects.get().number in page
    assert made.number not in page
    client.force_login(helper)
    assert client.get("/registrations/duties/").status_code == 404

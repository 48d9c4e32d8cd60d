"""What a monitor saw at a hearing reaches the accused's file, and the file stays closed to her."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from mekhala.intake import services as intake
from mekhala.pathway.justice import fairness, monitors, queries, services
from mekhala.pathway.justice.errors import NoSuchHearing
from mekhala.pathway.justice.models import Accused, Observation, Proceeding
from mekhala.safeguards.access.acting import become
from mekhala.safeguards.access.errors import NotYourRole
from mekhala.safeguards.access.purposes import Role
from tests.builders import officer
from tests.builders_intake import sent
from tests.builders_justice import AT, accused, court_officer
from tests.builders_monitors import BEGUN, hearing_of, monitor, monitors_form, watched_xml


@pytest.fixture
def court(db):
    return court_officer()


def _take(who, version, hearing, instance="uuid:a", **said):
    become(who.pk)
    form = sent(who, watched_xml(version, hearing, instance=instance, **said))
    become(who.pk)
    return intake.take_in(form, by=who, at=AT)


def _read(court, one):
    become(court.pk)
    return fairness.proceeding_of(queries.for_review().get(pk=one.pk), now=AT)


def test_a_form_becomes_the_checklist_of_a_hearing_and_opens_nothing(court):
    one, hearing = hearing_of(court)
    who = monitor()
    row = _take(who, monitors_form(), hearing.number.lower())
    assert (row.state, row.became) == ("done", ["watched"])
    assert not Proceeding.objects.exists()
    assert not Accused.objects.exists()
    assert not Observation.objects.exists()
    said = _read(court, one)["hearing"]
    assert said == {"minutes": 20, "lawyer": "no", "law_explained": "yes"}
    kept = Observation.objects.get()
    assert (kept.seen_by, kept.interpreter, kept.recorded_by_id) == ("monitor", None, who.pk)


def test_a_corrected_form_takes_the_place_of_the_first_and_twice_is_once(court):
    one, hearing = hearing_of(court)
    who, version = monitor(), monitors_form()
    _take(who, version, hearing.number)
    row = _take(who, version, hearing.number, "uuid:b", corrects="uuid:a", lawyer="yes")
    become(who.pk)
    assert intake.take_in(row.submission, by=who, at=AT).became == ["watched"]
    assert _read(court, one)["hearing"]["lawyer"] == "yes"
    first, second = Observation.objects.order_by("id")
    assert second.replaces_id == first.pk


@pytest.mark.parametrize(
    "more", [{"is_public": False}, {"starts_at": AT + timedelta(days=1)}, {"starts_at": None}]
)
def test_a_hearing_that_is_closed_to_come_or_not_there_is_no_hearing(court, more):
    starts_at = more.pop("starts_at", BEGUN)
    _one, hearing = hearing_of(court, starts_at=starts_at or BEGUN, **more)
    number = hearing.number if starts_at else "HE-0000-0000"
    row = _take(monitor(), monitors_form(), number)
    assert (row.state, row.why, row.refusal) == ("waits", "refused", "NoSuchHearing")


def test_where_several_are_accused_the_form_says_which(court):
    one, hearing = hearing_of(court)
    other = accused(court, of=one.proceeding)
    who, version = monitor(), monitors_form()
    assert _take(who, version, hearing.number).refusal == "WhichAccused"
    row = _take(who, version, hearing.number, "uuid:b", accused=other.number)
    assert row.became == ["watched"]
    become(court.pk)
    assert [o.accused_id for o in Observation.objects.all()] == [other.number]
    strange = accused(court)
    assert _take(who, version, hearing.number, "uuid:c", accused=strange.number).refusal


@pytest.mark.parametrize("role", [Role.PROVIDER, Role.JUSTICE])
def test_only_monitors_of_trials_see_the_calendar_and_keep_what_they_saw(court, role):
    _one, hearing = hearing_of(court)
    who = officer(role)
    become(who.pk)
    with pytest.raises(NotYourRole):
        monitors.hearings_to_watch(by=who, since=BEGUN)
    with pytest.raises(NotYourRole):
        services.watch_hearing(hearing=hearing.number, forms=["SB-1"], by=who, at=AT)
    for asked in ("justice_hearings_to_watch(now())", "justice_watched('', '', '{}', '{}', now())"):
        with (
            pytest.raises(DatabaseError, match="for monitors"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"select * from {asked}")


def test_the_calendar_of_monitors_names_nobody_and_leaves_closed_hearings_out(court, client):
    one, hearing = hearing_of(court)
    _other, closed = hearing_of(court, is_public=False)
    who = monitor()
    become(who.pk)
    (found,) = monitors.hearings_to_watch(by=who, since=BEGUN)
    assert (found.number, found.accused) == (hearing.number, [one.number])
    client.force_login(who)
    page = client.get("/hearings/").content.decode()
    assert hearing.number in page
    assert closed.number not in page
    assert one.proceeding_id not in page
    assert client.get(f"/accused/{one.number}/").status_code == 404
    client.force_login(court)
    assert client.get("/hearings/").status_code == 404
    become(who.pk)
    with pytest.raises(NoSuchHearing):
        services.watch_hearing(hearing=closed.number, forms=["SB-1"], by=who, at=AT)

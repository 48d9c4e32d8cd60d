"""Bodies are held to what they owe: history, reports, targets, and who had a hand in a policy."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from mekhala.population.institutions import errors, oversight, overview, queries, services
from mekhala.population.institutions.models import BodyChange
from mekhala.safeguards.access.acting import become
from mekhala.safeguards.access.purposes import Role
from mekhala.safeguards.agencies.models import AgencyKind
from tests.builders import agency, officer
from tests.builders_casework import met, screened
from tests.days import today

AT = timezone.now()
TODAY = timezone.localdate(AT)
DAYS = timedelta(days=1)


@pytest.fixture
def told(acting):
    """Return by whom and when: an officer of the national committee, acting."""
    who = officer(Role.STATISTICIAN)
    acting(who)
    return {"by": who, "at": AT, "source": "A decree"}


def merged(body, into, told, ago=100):
    return oversight.record_body_change(body, "merged", into=into, since=TODAY - ago * DAYS, **told)


def report(told, due, body="A ministry"):
    return oversight.expect_report(
        body, "Report of the year", str(due), owed_to="Committee", due_on=due, **told
    )


def test_a_merged_body_is_found_under_its_old_name_and_the_one_of_today(told):
    merged("Task force", "Committee", told, 300)
    oversight.record_body_change(
        "Committee", "renamed", into="National committee", since=TODAY, **told
    )
    assert queries.names_today()["Task force"] == "National committee"
    assert [one.body for one in queries.body_changes()] == ["Task force", "Committee"]


def test_names_that_go_in_a_circle_are_still_told(told):
    merged("A", "B", told)
    merged("B", "A", told)
    assert queries.names_today() == {"A": "B", "B": "A"}


@pytest.mark.parametrize(("became", "into"), [("merged", ""), ("merged", "X"), ("ended", "Y")])
def test_what_goes_on_is_named_where_a_body_was_merged_and_nowhere_else(told, became, into):
    with pytest.raises(errors.SaysNotIntoWhat):
        oversight.record_body_change("X", became, into=into, since=TODAY, **told)


def test_what_became_of_a_body_is_never_changed(told):
    one = merged("A", "B", told)
    with pytest.raises(DatabaseError), transaction.atomic():
        BodyChange.objects.filter(pk=one.pk).update(into="C")


def test_how_late_a_report_is_is_counted_until_it_comes_and_it_comes_once(told):
    one = report(told, TODAY - 10 * DAYS)
    assert queries.days_late(one, TODAY) == 10
    came = oversight.record_report_came(one, on=TODAY - 7 * DAYS, by=told["by"], at=AT)
    assert queries.days_late(came, TODAY) == 3
    with pytest.raises(errors.CameAlready):
        oversight.record_report_came(one, on=TODAY, by=told["by"], at=AT)


def test_a_target_that_nobody_spoke_of_is_not_nothing_reached(told, client):
    client.force_login(told["by"])
    one = oversight.record_target(
        plan="A plan", body="A ministry", what="Houses", unit="houses", aim=4, by_day=TODAY, **told
    )
    assert "nobody has said it" in client.get("/institutions/targets/").text
    for count in (1, 3):
        oversight.record_reached(one, count=count, as_of=TODAY, said_by="A ministry", **told)
    page = client.get("/institutions/targets/").text
    assert "Target: 4 houses" in page
    assert "Reached: 3 houses" in page


def test_who_had_a_hand_in_a_policy_is_told_with_its_source(told, client):
    client.force_login(told["by"])
    one = oversight.record_policy(title="A plan", adopted_by="A ministry", adopted_on=TODAY, **told)
    assert "nobody has said who had a hand in it" in client.get("/institutions/policies/").text
    oversight.record_influence(one, who="A fund", hand="condition", **told)
    assert (
        "Made it a condition of money or rank"
        in client.get(f"/institutions/policies/{one.pk}/").text
    )
    with pytest.raises(errors.KeptAlready):
        oversight.record_influence(one, who="A fund", hand="condition", **told)


def test_bodies_are_told_with_their_duties_and_what_came_late_or_not_at_all(told):
    services.record_mandate(body="A ministry", duty="Register", since=TODAY, **told)
    late, _missing, _ahead = (report(told, TODAY + n * DAYS) for n in (-9, -5, 5))
    oversight.record_report_came(late, on=TODAY, by=told["by"], at=AT)
    [one] = overview.bodies(today=TODAY)
    assert (one.duties, one.without_office) == (1, 1)
    assert (one.reports, one.late, one.missing) == (2, 1, 1)


def counted(by, code):
    become(by.pk)
    found = overview.agencies(now=AT, today=TODAY)
    return next((one for one in found if one.agency.pk == code), None)


def test_case_loads_and_duties_are_counted_by_agency_and_small_counts_are_not_told(db):
    house = agency(AgencyKind.PROVIDER, name="=A house")
    worker = officer(Role.FIRST_RESPONDER, at=house)
    for _ in range(11):
        screened(met(worker), worker)
    committee = officer(Role.STATISTICIAN)
    one = counted(committee, house.pk)
    assert (one.open, one.owed, one.waiting) == (11, 11, 0)
    small = officer()
    met(small)
    assert counted(committee, small.agency_id).open is None
    assert counted(officer(Role.AUTHORITY), house.pk) is None


def test_on_the_pages_a_report_comes_a_target_is_told_and_agencies_are_counted(told, client):
    client.force_login(told["by"])
    due = report(told, today() - 3 * DAYS)
    page = f"/institutions/reports/{due.pk}/"
    assert "has not come, 3 days late" in client.get(page).text
    client.post(page, {"on": today().isoformat()})
    assert "3 days late" in client.get(page).text
    aim = oversight.record_target(
        plan="P", body="B", what="Houses", unit="houses", aim=4, by_day=today(), **told
    )
    page = f"/institutions/targets/{aim.pk}/"
    told_now = {"count": "2", "as_of": today().isoformat(), "said_by": "B", "source": "S"}
    assert client.post(page, told_now).status_code == 302
    assert "2 houses" in client.get(page).text
    shown = client.get("/institutions/overview/").text
    assert "By body" in shown
    assert "A ministry" in shown

"""Registers of institutions: who owes what, projects, requests abroad, what is taught."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from mekhala.core.wrong_input import WrongInput
from mekhala.population.institutions import errors, queries, services
from mekhala.population.institutions.models import (
    CooperationRequest,
    Mandate,
    Project,
    ProjectCorrection,
    Taught,
)
from mekhala.safeguards.access.errors import NotYourRole
from mekhala.safeguards.access.purposes import Role
from tests.builders import officer

AT = timezone.now()
TODAY = timezone.localdate(AT)
LONG_AGO = TODAY - timedelta(days=400)
SAID = {"said_by": "A ministry (invented)", "source": "A press release", "reason": "It was said"}


@pytest.fixture
def committee(acting):
    """Return an officer of the national committee, acting."""
    who = officer(Role.STATISTICIAN)
    acting(who)
    return who


def a_mandate(by, **more):
    told = {"body": "A ministry", "duty": "Register agencies", "office": "Office of employment"}
    return services.record_mandate(**(told | more), since=LONG_AGO, source="A decree", by=by, at=AT)


def a_project(by, title="A house", status="announced", **more):
    return services.record_project(
        title=title, run_by="A ministry", status=status, since=LONG_AGO, by=by, at=AT,
        **(SAID | more),
    )  # fmt: skip


def test_a_changed_mandate_stands_in_the_place_of_the_first_and_both_stay_readable(committee):
    first = a_mandate(committee)
    now = services.change_mandate(
        first, duty="Register agencies", office="Office of inspection", since=TODAY,
        source="Another decree", reason="The office was moved", by=committee, at=AT,
    )  # fmt: skip
    assert [one.office for one in queries.mandates()] == ["Office of inspection"]
    assert queries.way_of(now) == [now, first]
    assert queries.latest_of(first) == now


def test_a_mandate_is_changed_once_from_where_it_stands_and_with_a_reason(committee):
    first = a_mandate(committee)
    told = {"duty": "x", "since": TODAY, "source": "x", "by": committee, "at": AT}
    with pytest.raises(errors.ReasonMissing):
        services.change_mandate(first, reason=" ", **told)
    services.change_mandate(first, reason="Moved", **told)
    with pytest.raises(errors.ReplacedMeanwhile):
        services.change_mandate(first, reason="Moved again", **told)


def test_what_is_not_owed_any_more_is_not_listed(committee):
    services.change_mandate(
        a_mandate(committee), duty="x", since=TODAY, source="x", reason="Abolished", ended=True,
        by=committee, at=AT,
    )  # fmt: skip
    assert not queries.mandates().exists()


def test_what_was_written_down_of_a_mandate_is_never_changed(committee):
    one = a_mandate(committee)
    with pytest.raises(DatabaseError), transaction.atomic():
        Mandate.objects.filter(pk=one.pk).update(office="Another")


def test_an_announced_project_is_never_counted_as_running(committee):
    a_project(committee, budget=500, currency="USD")
    a_project(committee, title="Lessons", status="running", budget=90, currency="USD")
    a_project(committee, title="A line", status="running")
    found = {t.status: t for t in queries.totals(list(queries.projects()))}
    assert (found["announced"].projects, found["announced"].budgets) == (1, {"USD": 500})
    running = found["running"]
    assert (running.projects, running.budgets, running.not_said) == (2, {"USD": 90}, 1)
    assert found["funded"].projects == 0


@pytest.mark.parametrize(
    ("before", "after"),
    [("running", "announced"), ("ended", "running"), ("announced", "announced")],
)
def test_a_status_never_goes_back(committee, before, after):
    one = a_project(committee, status=before)
    with pytest.raises(errors.MayNotFollow):
        services.record_status(one, after, since=TODAY, by=committee, at=AT, **SAID)


@pytest.mark.parametrize(
    ("lacks", "refusal"),
    [
        ("reason", errors.ReasonMissing), ("said_by", errors.SourceMissing),
        ("source", errors.SourceMissing),
    ],
)  # fmt: skip
def test_a_status_says_who_said_it_where_and_why(committee, lacks, refusal):
    one = a_project(committee)
    with pytest.raises(refusal):
        services.record_status(
            one, "funded", since=TODAY, by=committee, at=AT, **(SAID | {lacks: ""})
        )
    assert one.statuses.count() == 1


def test_a_request_is_overdue_after_its_day_until_it_is_answered(acting):
    police = officer(Role.JUSTICE)
    acting(police)
    sent = TODAY - timedelta(days=100)
    one = services.log_request(
        "MLA-1", "legal_assistance", "THA", asked_by="A court", sent_on=sent,
        due_on=TODAY - timedelta(days=10), by=police, at=AT,
    )  # fmt: skip
    assert queries.is_overdue(one, TODAY)
    assert queries.days_taken(one, TODAY) == 100
    kept = services.record_answer(one, "in_part", on=TODAY, by=police, at=AT)
    assert not queries.is_overdue(kept, TODAY + timedelta(days=30))
    assert queries.days_taken(kept, TODAY + timedelta(days=30)) == 100
    with pytest.raises(errors.AnsweredAlready):
        services.record_answer(one, "refused", on=TODAY, by=police, at=AT)


def test_a_request_without_a_day_is_not_called_overdue(acting):
    police = officer(Role.JUSTICE)
    acting(police)
    one = services.log_request(
        "P-1", "police", "VNM", asked_by="Police", sent_on=LONG_AGO, by=police, at=AT
    )
    assert not queries.is_overdue(one, TODAY)
    with pytest.raises(errors.KeptAlready):
        services.log_request(
            "P-1", "police", "THA", asked_by="Police", sent_on=TODAY, by=police, at=AT
        )


def test_counts_nobody_told_stay_unknown_and_are_not_nothing(committee):
    one = services.record_taught(
        "peers", "12", year=2025, half=1, held_by="A school", source="A report", sessions=4,
        tested_after=30, knew_after=21, by=committee, at=AT,
    )  # fmt: skip
    one.refresh_from_db()
    assert (one.sessions, one.taught, one.tested_before) == (4, None, None)


def test_a_project_is_corrected_for_a_reason_and_what_stood_before_stays(committee):
    one = a_project(committee, "A hose", budget=5000, currency="USD")
    told = {"title": "A house", "source": "A letter", "by": committee, "at": AT}
    with pytest.raises(errors.ReasonMissing):
        services.correct_project(one, **told, reason=" ")
    with pytest.raises(WrongInput):
        services.correct_project(one, **told, reason="Mistyped", budget=4000)
    kept = services.correct_project(
        one, **told, reason="Mistyped", title_km="ផ្ទះ", budget=400, currency="EUR"
    )
    [now] = queries.projects()
    assert (str(now), now.title, now.corrected) == ("A house", "A hose", kept)
    assert {"EUR": 400} in [total.budgets for total in queries.totals([now])]
    with pytest.raises(DatabaseError), transaction.atomic():
        ProjectCorrection.objects.update(title="x")
    services.correct_project(one, **told, reason="The budget was withdrawn")
    [now] = queries.projects()
    assert [each.not_said for each in queries.totals([now])].count(1) == 1


def test_no_more_know_than_were_tested_and_a_half_year_stands_once(committee):
    told = {"year": 2025, "half": 2, "held_by": "A school", "source": "A report"}
    told |= {"by": committee, "at": AT}
    for counts in ({"tested_after": 3, "knew_after": 4}, {"knew_after": 4}, {"tested_before": 4}):
        with pytest.raises(errors.CountsDisagree):
            services.record_taught("school", "12", **told, **counts)
    first = services.record_taught("school", "12", **told, taught=10)
    with pytest.raises(errors.KeptAlready):
        services.record_taught("school", "12", **told, taught=20)
    now = services.correct_taught(
        first, reason="Miscounted", source="A report", taught=11, by=committee, at=AT
    )
    assert [one.taught for one in queries.taught()] == [11]
    assert [one.taught for one in queries.way_of(now)] == [11, 10]


def test_a_half_year_to_come_has_taught_nothing_yet(committee):
    with pytest.raises(errors.DayToCome):
        services.record_taught(
            "school", "12", year=TODAY.year + 1, half=1, held_by="x", source="x", by=committee,
            at=AT,
        )  # fmt: skip


def test_only_the_committee_keeps_registers_and_only_those_who_ask_log_requests(acting, committee):
    police = officer(Role.JUSTICE)
    with pytest.raises(NotYourRole):
        a_mandate(police)
    with pytest.raises(NotYourRole):
        a_project(police)
    with pytest.raises(NotYourRole):
        services.log_request(
            "1", "police", "THA", asked_by="x", sent_on=date(2026, 1, 1), by=committee, at=AT
        )
    for model in (Mandate, Project, CooperationRequest, Taught):
        assert not model.objects.exists()

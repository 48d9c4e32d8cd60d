"""Coverage and yield by post and half-year: who refused and who was missed stand beside them."""

from datetime import date, timedelta

import pytest

from mekhala.population.surveys.half_years import by_half_year
from mekhala.safeguards.access.purposes import Role
from tests.builders import officer
from tests.builders_surveys import entered, figures, planned_round, statistician, survey


@pytest.fixture
def worked(db):
    """Four days at North around the middle of a year, one at South."""
    by, made, _at = survey()
    planned = planned_round(
        made.frame, [p.post for p in made.posts.all()], by=by, name="Across the year",
        begins_on=date(2025, 6, 29), ends_on=date(2025, 7, 20),
    )  # fmt: skip
    north, south = planned.posts.order_by("post__name")
    for n in range(4):
        entered(planned, north, planned.begins_on + timedelta(days=n), figures(), by=by)
    entered(planned, south, planned.begins_on, figures(refused=None, strong=0, some=0), by=by)
    return by, planned.frame


def test_days_are_counted_in_their_half_year_with_intervals(worked):
    by, frame = worked
    first, second, south = by_half_year(frame, by)
    assert [(r.cell.year, r.cell.half, r.days) for r in (first, second)] == [
        (2025, 1, 2), (2025, 2, 2),
    ]  # fmt: skip
    assert first.totals.people["approached"] == 2 * 48
    assert (first.totals.people["refused"], first.totals.people["missed"]) == (10, 6)
    assert first.coverage.estimate == pytest.approx(40 / 48)
    assert first.coverage.low < 40 / 48 < first.coverage.high
    assert first.found.estimate == pytest.approx(10 / 40)
    assert first.found.low < 0.25 < first.found.high
    assert south.found.estimate == 0
    assert south.found.high > 0  # nobody found is not nobody there


def test_where_refusals_were_not_counted_coverage_is_unknown_and_not_whole(worked):
    by, frame = worked
    south = by_half_year(frame, by)[-1]
    assert south.totals.people["refused"] is None
    assert south.coverage is None


def test_another_questionnaire_stands_in_a_row_of_its_own(worked):
    by, frame = worked
    wider = planned_round(
        frame, [p.post for p in frame.rounds.first().posts.all()], by=by, name="Wider",
        begins_on=date(2025, 6, 1), ends_on=date(2025, 6, 20), tool_version="2",
    )  # fmt: skip
    entered(wider, wider.posts.first(), wider.begins_on, figures(), by=by)
    rows = [r.cell for r in by_half_year(frame, by) if (r.cell.year, r.cell.half) == (2025, 1)]
    assert len({cell.tool for cell in rows if cell.post == rows[0].post}) == 2


def test_a_row_with_a_day_of_few_people_is_told_to_who_entered_it_only(worked):
    _by, frame = worked
    others = by_half_year(frame, statistician())
    assert all(row.totals is None for row in others)  # 4 strong, 6 some: below ten at a post's day
    assert all(row.days for row in others)


def test_the_page_shows_the_shares_and_is_not_there_for_other_roles(worked, client):
    by, _frame = worked
    client.force_login(by)
    page = client.get("/surveys/coverage/").content.decode()
    assert "2025, first half" in page
    assert "83.3\xa0% (" in page or "83.3 % (" in page
    client.force_login(statistician())
    assert "too few to show" in client.get("/surveys/coverage/").content.decode()
    client.force_login(officer(Role.PROVIDER))
    assert client.get("/surveys/coverage/").status_code == 404


def test_a_frame_without_days_says_so(db, client):
    by, _made, _at = survey()
    client.force_login(by)
    assert "No day was entered yet." in client.get("/surveys/coverage/").content.decode()

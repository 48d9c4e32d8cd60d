"""Who says no is counted, and cannot be told from the count."""

import pytest
from django.db import ProgrammingError, connection, transaction

from mekhala.pathway.encounter import queries, services
from mekhala.safeguards.access.purposes import Role
from tests.builders import NOW, case, officer

YEAR = NOW.year


def say_no(times, *, place="120101", sex="female", **more):
    """Let people say no to an invented first responder."""
    by = officer()
    for _ in range(times):
        services.record_refusal(by=by, at=NOW, place_code=place, sex=sex, **more)


def shown(by):
    return {r.category: r.people for r in queries.refusals(YEAR, by)}


def test_counts_below_ten_are_not_told_nor_the_one_they_follow_from(db, acting):
    say_no(10, sex="female")
    say_no(12, sex="male")
    say_no(9, sex="other")
    acting(officer(Role.STATISTICIAN))
    assert shown("sex") == {"female": None, "male": 12, "other": None}


def test_an_age_counts_only_where_it_is_known(db, acting):
    say_no(10, age=30, age_certainty="known")
    say_no(10, age=30, age_certainty="estimated")
    say_no(10, age=12, age_certainty="known")
    acting(officer(Role.STATISTICIAN))
    assert shown("age_band") == {"0-17": 10, "18+": 10, "unknown": 10}


@pytest.mark.parametrize("role", [r for r in Role if r != Role.STATISTICIAN])
def test_nobody_else_is_told_any_count(db, acting, role):
    say_no(12)
    acting(officer(role))
    assert shown("sex") == {}


def test_no_row_is_read_or_written_past_the_two_functions(db):
    say_no(1)
    for act in ("select * from", "delete from", "update"):
        tail = " set people = 0" if act == "update" else ""
        with (
            pytest.raises(ProgrammingError, match="permission denied"),
            transaction.atomic(), connection.cursor() as cursor,
        ):  # fmt: skip
            cursor.execute(f"{act} encounter_refusalcount{tail}")


def test_the_table_has_no_place_for_a_person_a_day_or_words(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "select attname from pg_attribute where attnum > 0 and not attisdropped"
            " and attrelid = 'encounter_refusalcount'::regclass"
        )
        columns = {name for (name,) in cursor.fetchall()}
    assert columns == {"month", "province_code", "agency_kind", "age_band", "sex", "people"}


def test_a_no_at_a_later_meeting_is_counted_without_the_case(db, acting):
    mine = officer()
    made = case(mine)
    acting(mine)
    for _ in range(10):
        services.add_encounter(
            case=made, by=mine, at=NOW, met_at=NOW, place_code="120101", consents_to_go_on=False
        )
    acting(officer(Role.STATISTICIAN))
    assert shown("province_code") == {"12": 10}


def test_the_page_of_a_no_offers_help_and_a_paper_with_numbers(db, client, settings):
    settings.HELP_NUMBERS = [("Invented line", "000")]
    client.force_login(officer())
    told = {
        "met_at": "2026-03-09T09:00", "province": "12", "sex": "female", "age": "20",
        "age_certainty": "known", "consents_to_go_on": "no",
    }  # fmt: skip
    page = client.post("/encounters/new/", told).content.decode()
    assert "Help is offered all the same" in page
    assert "/encounters/numbers/" in page
    paper = client.get("/encounters/numbers/").content.decode()
    assert "Invented line" in paper
    assert "traffick" not in paper.lower()


def test_a_statistician_sees_the_year_in_words(db, client):
    say_no(10)
    client.force_login(officer(Role.STATISTICIAN))
    page = client.get(f"/refusals/?year={YEAR}").content.decode()
    assert "Phnom Penh" in page
    assert client.get("/refusals/?year=x").status_code == 200

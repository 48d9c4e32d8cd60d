"""The register month by month: by agency, form, sex and age, for the ministry and nobody else."""

import pytest

from mekhala.pathway.registration import counts, services
from mekhala.safeguards.access.purposes import Purpose, Role
from mekhala.safeguards.agencies.models import AgencyKind
from tests.builders import NOW, agency, case, officer, open_to
from tests.builders_help import decision


@pytest.fixture
def ministry(db):
    return officer(Role.REGISTRAR, at=agency(AgencyKind.SOCIAL_AFFAIRS))


def entered(ministry, acting, **more):
    made = case(officer(), **more)
    decision(made)
    open_to(ministry, made.number, Purpose.REGISTRATION)
    acting(ministry)
    return services.register(case=made, by=ministry, at=NOW)


def test_each_entry_is_counted_once_in_its_month_by_each_property(ministry, acting):
    entered(ministry, acting, sex="female", age=20, age_certainty="known")
    entered(ministry, acting, sex="male", age=20, age_certainty="known")
    withdrawn = entered(ministry, acting, sex="male")
    services.withdraw(withdrawn, "Made by mistake.", by=ministry, at=NOW)
    found = counts.entered(NOW.year)
    assert found.everybody.months[NOW.month - 1] == found.everybody.people == 2
    assert [(one.category, one.people) for one in found.by["sex"]] == [("female", 1), ("male", 1)]
    assert [(one.category, one.people) for one in found.by["age_band"]] == [("18-29", 2)]
    assert sum(one.people for one in found.by["referrer"]) == 2


def test_the_page_prints_the_definition_and_is_there_for_the_ministry_only(
    ministry, acting, client, django_assert_max_num_queries
):
    entered(ministry, acting, sex="female")
    client.force_login(ministry)
    with django_assert_max_num_queries(12):
        page = client.get(f"/registrations/counts/?year={NOW.year}").text
    assert "What is counted: people whom the competent authority recognised" in page
    assert "By the agency that opened the case" in page
    for role in (Role.STATISTICIAN, Role.FIRST_RESPONDER, Role.REGISTRAR):
        other = officer(role)
        acting(other)
        assert not counts.entered(NOW.year).everybody.people
        client.force_login(other)
        assert client.get("/registrations/counts/").status_code == 404

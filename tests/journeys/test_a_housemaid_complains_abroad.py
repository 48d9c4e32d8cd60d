"""A housemaid complains in Kuala Lumpur; her agency is suspended; a girl's return is begun."""

import re

import pytest

from mekhala.safeguards.access.acting import acting_for
from tests.builders import case, officer
from tests.builders_leaving import labour_officers
from tests.days import day
from tests.journeys.steps import ENGLISH_TOO


@pytest.mark.parametrize("language", [ENGLISH_TOO, "km"])
def test_a_complaint_abroad_suspends_an_agency_and_a_return_begins(
    transactional_db, sign_in, checked, language
):
    at = checked(language)
    page = at.page
    inspectors = labour_officers()
    sign_in(inspectors[0], language)
    at.go("/recruitment/new/")
    page.fill("[name=register_number]", "R-1")
    page.fill("[name=name]", "Agency (invented)")
    at.send()
    at.go("/recruitment/")
    agency = re.search(r"/recruitment/\d+/", page.content())[0]
    consul = officer()
    sign_in(consul, language)
    at.go("/departures/complain/")
    page.select_option("[name=recruiter]", index=1)
    page.select_option("[name=country]", "MYS")
    for name, value in (("kinds", "confined"), ("by_whom", "worker"), ("labour_may_read", "no")):
        at.choose(name, value)
    page.fill("[name=words]", "She may not leave the house. (Invented.)")
    page.fill("[name=received_on]", day())
    at.send()
    assert re.search(r"/departures/WK-", page.url)
    sign_in(inspectors[1], language)
    at.go("/recruitment/")
    page.locator("main a[href*='/recruitment/reviews/']").click()
    at.look()
    at.choose("decision", "warning")
    page.fill("[name=reasons]", "The agency was heard. (Invented.)")
    at.send()
    at.go(agency)
    at.go(page.locator("main a[href*='/recruitment/complaints/']").first.get_attribute("href"))
    at.choose("finding", "established")
    page.fill("[name=reasons]", "She was visited. (Invented.)")
    page.fill("[name=on]", day())
    at.send()
    for address in ("/recruitment/rates/", "/village-funds/", "/commitments/", "/today/"):
        at.go(address)
    with acting_for(consul.pk):
        girl = case(consul, nationality="VNM", age=13)
    sign_in(consul, language)
    at.go(f"/cases/{girl.number}/return/")
    at.choose("corridor", "khm-vnm")
    page.fill("[name=started_on]", day())
    at.send()
    assert page.locator("main table tbody tr").count() == 14
    at.go(f"/cases/{girl.number}/return/do/step/")

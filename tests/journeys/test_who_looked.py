"""An officer sees who looked at a case, and prints the paper for the person."""

import pytest

from mekhala.safeguards.access.acting import acting_for
from mekhala.safeguards.access.purposes import Purpose
from tests.builders import officer, open_to
from tests.builders_casework import authority, referred
from tests.journeys.steps import KHMER_TOO


@pytest.fixture
def file(transactional_db):
    """Return a file of the authority and two to whom it is open for support."""
    with acting_for(None):
        authority()
        made = referred()
        helpers = [officer("provider"), officer("provider")]
        for helper in helpers:
            open_to(helper, made.case_id, Purpose.SUPPORT)
    return made.case_id, *helpers


@pytest.mark.parametrize("language", ["en", KHMER_TOO])
def test_looks_are_listed_and_the_paper_names_no_officer(file, sign_in, checked, language):
    number, one, two = file
    at = checked(language)
    sign_in(one, language)
    at.go(f"/cases/{number}/")
    sign_in(two, language)
    at.go(f"/cases/{number}/")
    at.page.locator(f"a[href='/cases/{number}/looks/']").first.click()
    at.look()
    assert one.shown_as in at.page.locator("main").inner_text()
    at.page.locator(f"a[href='/cases/{number}/looks/print/']").click()
    at.look()
    at.page.emulate_media(media="print")
    paper = at.page.locator("body").inner_text()
    assert one.agency.name in paper
    assert one.shown_as not in paper
    assert number not in paper

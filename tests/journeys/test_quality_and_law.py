"""How the authority decides, and the law it applies, read in the browser in both languages."""

import pytest

from mekhala.safeguards.access.acting import acting_for
from mekhala.safeguards.agencies.models import AgencyKind
from tests.builders import agency, officer
from tests.builders_casework import authority
from tests.builders_quality import negative, positive
from tests.journeys.steps import ENGLISH_TOO

LAW = [
    "/law/", "/law/?verified=no", "/law/KH-LSHTSE-2008/", "/law/KH-LSHTSE-2008/10/",
    "/law/KH-LSHTSE-2008/8/", "/law/TH-ATP-2008/6/", "/law/KH-CPC-2007/", "/law/PALERMO/3/",
]  # fmt: skip


@pytest.fixture
def readers(transactional_db):
    """Return the readers of twelve decisions of one border post and three of another."""
    with acting_for(None):
        found = authority(3)
        posts = [officer(at=agency(AgencyKind.BORDER)) for _ in range(2)]
        for n in range(15):
            (negative if n % 4 == 0 else positive)(found, posts[n // 12])
    return found


@pytest.mark.parametrize("language", [ENGLISH_TOO, "km"])
def test_an_officer_opens_the_year_then_a_month_and_takes_the_figures(
    readers, sign_in, checked, language, picture
):
    at = checked(language)
    sign_in(readers[0], language)
    at.go("/quality/2026/")
    picture("/quality/2026/", "quality")
    at.page.locator("main nav a[href='/quality/2026-03/']").click()
    at.look()
    with at.page.expect_download() as taken:
        at.page.locator("a[href$='.csv']").click()
    assert taken.value.suggested_filename == "quality-2026-03.csv"


@pytest.mark.parametrize("language", ["en", "km"])
def test_a_reader_goes_from_the_statutes_to_an_article_and_the_one_after(
    transactional_db, sign_in, checked, language
):
    at = checked(language)
    sign_in(authority(1)[0], language)
    for address in LAW:
        at.go(address)
    at.go("/law/KH-LSHTSE-2008/9/")
    at.page.locator("a[rel=next]").click()
    at.look()
    assert at.page.url.endswith("/10/")

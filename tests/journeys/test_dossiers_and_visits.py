"""A study reads a court dossier under two signatures; an organisation keeps a visit."""

import pytest
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext

from mekhala.safeguards.access.acting import become
from mekhala.safeguards.agencies.models import AgencyKind
from tests.builders import agency, officer
from tests.builders_dossiers import PURPOSE, Study
from tests.builders_foureyes import WHY
from tests.builders_justice import NAME
from tests.builders_visits import ADDRESS
from tests.days import day
from tests.journeys.steps import KHMER_TOO


@pytest.fixture
def press(checked):
    """Return a function that presses the button of these words, and looks at what comes."""

    def press(at, words):
        with translation.override(at.language):
            at.page.get_by_role("button", name=gettext(words), exact=True).click()
        at.look()

    return press


@pytest.mark.parametrize("language", [KHMER_TOO, "en"])
def test_a_study_reads_a_dossier_without_a_name_until_it_is_ended(
    transactional_db, sign_in, checked, press, language
):
    with transaction.atomic():
        study = Study(is_full=True)
        become(None)
    at = checked(language)
    page = at.page

    def as_(who, address):
        page.context.clear_cookies()  # each signs on a device of her or his own
        sign_in(who, language)
        at.go(address)

    as_(study.researcher, "/dossiers/new/")
    told = {"purpose": PURPOSE, "approved_by": "A board", "approval": "E-12",
            "approved_on": "2026-01-05", "named": study.number, "last_day": day()}  # fmt: skip
    for name, said in told.items():
        page.fill(f"main [name={name}]", said)
    page.select_option("main [name=supervisor]", str(study.court.pk))
    press(at, "Ask to read dossiers")
    request = page.url
    as_(study.court, request)
    page.fill("main [name=because]", WHY)
    press(at, "Ask another agency to sign")
    signature = page.url
    as_(study.authority, signature)
    at.choose("answer", "agree")
    press(at, "Give this answer")
    as_(study.researcher, request)
    page.get_by_role("link", name=study.number).click()
    at.look()
    shown = page.locator("main").inner_text()
    assert not [name for name in (*NAME.values(), study.accused.number) if name in shown]
    at.go(request)
    press(at, "End this access now")
    assert page.goto(f"{request}{study.number}/").status == 404


@pytest.mark.parametrize("language", [KHMER_TOO, "en"])
def test_a_visit_is_kept_about_the_place_and_its_address_is_shown_on_asking(
    transactional_db, sign_in, checked, press, language
):
    at = checked(language)
    page = at.page
    sign_in(officer(at=agency(AgencyKind.FIRST_RESPONDER)), language)
    at.go("/visits/")
    at.go("/visits/new/")
    page.fill("main [name=visited_on]", day())
    page.select_option("main [name=province_code]", "12")
    page.fill("main [name=address]", ADDRESS)
    for name, value in (("kind", "brothel"), ("visitors", "own_team"), ("entry", "part")):
        at.choose(name, value)
    press(at, "Keep a visit")
    at.go(page.url)
    assert ADDRESS not in page.content()
    press(at, "Show where it was")
    assert ADDRESS in page.locator("main").inner_text()
    at.go("/visits/figures/")
    assert page.locator("main table").count() == 2

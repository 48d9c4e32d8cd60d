"""A fisherman held on a boat is to be charged with smuggling himself: the check comes first."""

import re

import pytest

from mekhala.pathway.justice.models import Charge
from mekhala.safeguards.access.acting import acting_for
from mekhala.safeguards.agencies.models import AgencyKind
from tests.builders import agency
from tests.builders_forms import picture
from tests.builders_justice import court_officer
from tests.journeys.steps import KHMER_TOO
from tests.journeys.steps_of_justice import Proceeding


@pytest.mark.parametrize("language", ["en", KHMER_TOO])
def test_a_fisherman_is_asked_whether_he_was_made_to_go_before_he_is_charged(
    transactional_db, sign_in, checked, language
):
    police = court_officer(agency(AgencyKind.POLICE))
    its = Proceeding(checked(language), sign_in, language)
    its.as_(police)
    its.begins()
    its.is_about(presumed_victim="yes", part="other")
    fax = {"name": "fax.jpg", "mimeType": "image/jpeg", "buffer": picture()}
    its.fill(f"{its.accused}sheets/", picture=fax)
    its.page.locator('main a[href*="complaint/new/?sheet="]').click()
    its.page.wait_for_load_state("networkidle")
    assert its.page.locator("main img").evaluate("i => i.naturalWidth > 0")
    its.at.look()
    its.fill_here(made_by="police")
    its.climbs(suspect="2024-03-05")
    its.is_charged("2024-04-05")
    assert re.search(rf"{its.accused}check/\?statute=KH-LSHTSE-2008&article=12$", its.page.url)
    its.fill_here(kind="compelled.immigration", compelled="yes", direct_result="yes")
    its.reads("The charge should not be recorded", "The person is presumed to be a victim of"
              " trafficking.", "The person was forced, deceived or held to do it.")  # fmt: skip
    its.page.fill("main [name=because]", "He crossed the border. (Invented.)")
    its.at.send()
    its.reads("Only a prosecutor or the court may record a charge against this check.")
    its.at.go(f"{its.accused}charges/new/")
    assert its.page.input_value("[name=conduct_from]") == "2023-06"
    its.at.send()
    assert its.page.locator(".govuk-error-summary").count() == 1
    with acting_for(police.pk):
        assert not Charge.objects.exists()
    its.climbs(case_dropped="2024-04-20")
    its.at.go(f"/proceedings/{its.number}/")
    its.reads("Case dropped", "No charge is recorded.")
    its.at.go("/proceedings/checks/")

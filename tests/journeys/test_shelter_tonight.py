"""A woman with a girl of three needs a bed tonight at seven: from the need to their arrival."""

from datetime import time, timedelta

import pytest
from django.utils import timezone, translation
from django.utils.translation import gettext

from mekhala.pathway.directory.models import Service
from mekhala.pathway.referral.models import Referral
from mekhala.safeguards.access.acting import acting_for
from tests.builders import case, officer
from tests.builders_help import provider, service
from tests.journeys.steps import KHMER_TOO


@pytest.mark.parametrize("language", ["en", KHMER_TOO])
def test_a_woman_with_a_child_has_a_bed_tonight(transactional_db, sign_in, checked, language):
    at, now = checked(language), timezone.now()
    page = at.page
    about = {"confirmed_at": now - timedelta(hours=1), "takes_families": True, "free": 3}
    house = service(name="Night house (invented)", opens_at=time(18), closes_at=time(8), **about)
    service(name="Day house (invented)", opens_at=time(8), closes_at=time(17), **about)
    service(name="Women alone (invented)", **about | {"takes_families": False})
    worker, helper = officer(), provider(house)
    with acting_for(worker.pk):
        woman = case(worker, sex="female", age=24)
    sign_in(worker, language)
    at.go(f"/cases/{woman.number}/match/")
    at.choose("need", "shelter")
    page.select_option("[name=province]", "12")
    page.fill("[name=girls]", "3")
    page.fill("[name=hour]", "19:00")
    at.send()
    assert page.locator("main table tbody tr").count() == 1  # the two others are told with why not
    against = page.locator("main details li").all_inner_texts()
    assert sorted(line.split(":")[0] for line in against) == [
        "Day house (invented)", "Women alone (invented)",
    ]  # fmt: skip
    page.locator("main table tbody a").click()
    at.look()
    at.choose("agrees", "yes")
    at.choose("was_alone", "yes")
    at.choose("requirements", "children")
    page.fill("[name=children]", "1")
    at.choose("urgent", "nowhere")
    at.send()
    assert Service.objects.get(pk=house.pk).places_held == 2
    sign_in(helper, language)
    at.go("/referrals/in/")
    page.locator("main table tbody a, main ul a").first.click()
    at.look()
    assert woman.number not in page.locator("main").inner_text()
    at.send("main form[action$='/accept/']")
    asked = _only(helper)
    at.go(f"/referrals/in/{asked.pk}/")
    at.send("main form[action$='/arrived/']")
    sign_in(worker, language)
    at.go(f"/cases/{woman.number}/referrals/")
    with translation.override(language):
        assert gettext("the person has come") in page.locator("main").inner_text()
    assert _only(worker).arrived_at is not None


def _only(who):
    """Return the one referral, as far as it is there for an officer."""
    with acting_for(who.pk):
        return Referral.objects.get()

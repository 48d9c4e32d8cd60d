"""A man of forty: no house takes him, each says why, and that he was turned away is counted."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mekhala.pathway.referral.models import Group, UnmetNeed
from mekhala.safeguards.access.acting import acting_for
from mekhala.safeguards.access.purposes import Role
from tests.builders import case, officer
from tests.builders_help import provider, service
from tests.journeys.steps import ENGLISH_TOO


@pytest.mark.parametrize("language", [ENGLISH_TOO, "km"])
def test_a_man_nobody_takes_is_counted_and_seen(transactional_db, sign_in, checked, language):
    at = checked(language)
    page = at.page
    confirmed = {"confirmed_at": timezone.now() - timedelta(hours=1)}
    house = service(name="Women's house (invented)", takes_sexes=["female"], **confirmed)
    service(name="Boys' house (invented)", takes_sexes=["male"], oldest=17, **confirmed)
    service(name="Planned centre (invented)", is_open=False, **confirmed)
    worker = officer()
    with acting_for(worker.pk):
        man = case(worker, sex="male", age=40)
    sign_in(worker, language)
    at.go(f"/cases/{man.number}/match/")
    at.choose("need", "shelter")
    page.select_option("[name=province]", "18")
    at.send()
    assert page.locator("main table").count() == 0
    against = page.locator("main details li").all_inner_texts()
    assert sorted(line.split(":")[0] for line in against) == [
        "Boys' house (invented)", "Women's house (invented)",
    ]  # fmt: skip
    at.send("main form[action$='/unmet/']")
    at.go("/unmet-need/")
    shown = page.locator("main table tbody tr").inner_text()
    kept = UnmetNeed.objects.get()
    assert (kept.group, kept.reason, kept.barriers) == (Group.MAN, "nobody_takes", ["age", "sex"])
    assert man.number not in shown
    assert page.locator("main table tbody tr").count() == 1
    sign_in(officer(Role.REGISTRAR), language)
    for address in ("/services/register/", "/services/register/new/"):
        at.go(address)  # who keeps the register enters what is missing, once there is one
    sign_in(provider(house), language)
    at.go(f"/our/services/{house.pk}/opening/")

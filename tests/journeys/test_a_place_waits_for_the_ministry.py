"""A house has fewer places on some nights; a woman can wait, and the ministry decides first."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation
from django.utils.translation import gettext

from mekhala.pathway.encounter.models import Case
from mekhala.pathway.referral.models import PlacementQuestion, Referral
from mekhala.pathway.screening.services import record_screening
from mekhala.safeguards.access.acting import acting_for
from mekhala.safeguards.access.purposes import Role
from mekhala.safeguards.agencies.models import AgencyKind
from tests.builders import agency, case, officer
from tests.builders_help import provider, service
from tests.days import today
from tests.journeys.steps import KHMER_TOO


def night():
    return (today() + timedelta(days=3)).isoformat()


@pytest.mark.parametrize("language", [KHMER_TOO, "en"])
def test_a_place_is_given_when_the_ministry_has_agreed(
    transactional_db, sign_in, checked, language
):
    at, now = checked(language), timezone.now()
    page = at.page
    house = service(name="Quiet house (invented)", confirmed_at=now - timedelta(hours=1), free=3)
    worker = officer(Role.FIRST_RESPONDER, at=agency(AgencyKind.FIRST_RESPONDER))
    helper, ministry = provider(house), officer(Role.REGISTRAR, at=agency("social_affairs"))
    with acting_for(worker.pk):
        woman = case(worker, sex="female", age=24)
        record_screening(
            case=woman, by=worker, at=now, answers={}, outcome="refer", because="Invented."
        )
    sign_in(helper, language)
    at.go(f"/our/services/{house.pk}/nights/")
    page.fill("main [name=places]", "1")
    page.fill("main [name=from_night]", night())
    at.send()
    sign_in(worker, language)
    _is_asked_for(at, woman, house)
    _is_announced(at, woman)
    number, asked = _number(worker), _asked(worker)
    sign_in(helper, language)
    page.goto(f"/referrals/in/{asked}/")
    at.send("main form[action$='/accept/']")
    assert _says(page, language, "The ministry has not decided yet")
    sign_in(ministry, language)
    at.go("/registrations/duties/")
    at.go("/placements/")
    page.get_by_role("link", name=number).click()
    at.look()
    assert woman.number not in page.locator("main").inner_text()
    at.choose("outcome", "agreed")
    at.choose("agreed_because", "own_wish")
    at.send()
    sign_in(helper, language)
    page.goto(f"/referrals/in/{asked}/")
    at.send("main form[action$='/accept/']")
    sign_in(worker, language)
    page.goto(f"/cases/{woman.number}/referrals/")
    assert _says(page, language, "The person wants it, knowing what else there is")


def _is_asked_for(at, woman: Case, house) -> None:
    """Look for the night with one place, and ask: the night goes on to the page that asks."""
    at.page.goto(f"/cases/{woman.number}/match/")
    at.choose("need", "shelter")
    at.page.fill("main [name=night]", night())
    at.page.locator("main form >> nth=0 >> button >> nth=-1").click()
    at.page.locator(f"main a[href*='/match/{house.pk}/']").click()
    at.look()
    assert at.page.input_value("main [name=night]") == night()
    for name, said in (("agrees", "yes"), ("was_alone", "yes"), ("urgent", "waits")):
        at.choose(name, said)
    at.send()


def _is_announced(at, woman: Case) -> None:
    """Tell the ministry without a name that the organisation helps somebody."""
    at.go(f"/cases/{woman.number}/duty-to-register/")
    at.send()


def _says(page, language: str, words: str) -> bool:
    with translation.override(language):
        return gettext(words) in " ".join(page.locator("main").inner_text().split())


def _number(who) -> str:
    with acting_for(who.pk):
        return PlacementQuestion.objects.get().number


def _asked(who) -> int:
    with acting_for(who.pk):
        return Referral.objects.get().pk

"""She would be sent home; she told who took her away; nobody sends her until two have answered."""

import pytest
from django.db import transaction

from mekhala.safeguards.access.acting import become
from mekhala.safeguards.access.purposes import Purpose, Role
from tests.builders import officer, open_to
from tests.builders_help import provider, registrar_with_case, service
from tests.days import day
from tests.journeys.steps import KHMER_TOO, Way

CLEAR = {"wants_to_go": "yes", "feels_safe": "yes", "recruiter_near": "no", "threats": "no",
         "debt": "no"}  # fmt: skip


@pytest.fixture
def people(transactional_db):
    """Return who registers her, a second registrar, who helps her, and the number of her case."""
    with transaction.atomic():
        worker, made = registrar_with_case(age=24, age_certainty="known")
        second, helper = officer(Role.REGISTRAR), provider(service())
        open_to(second, made.number, Purpose.REGISTRATION, by=worker)
        open_to(helper, made.number, Purpose.SUPPORT, by=worker)
    become(None)
    return worker, second, helper, made.number


@pytest.mark.parametrize("language", ["en", KHMER_TOO])
def test_a_relative_she_named_stops_the_way_home_until_two_agree(
    people, sign_in, checked, language
):
    worker, second, helper, number = people
    at = checked(language)
    way, page = Way(at, sign_in, language), at.page
    way.number = number
    way.as_(worker, "family/")
    at.choose("kin", "parent")
    at.choose("agreed", "yes")
    at.send()
    page.locator("main a[href*='/family/']").first.click()
    for name, said in (("status", "found"), ("family_wants", "yes"), ("is_safe", "yes")):
        at.choose(name, said)
    page.fill("[name=visited_on]", day())
    at.send()
    way.go("going-home/")
    way.reads_on_the_page("No way home is planned.")
    at.choose("kin", "parent")
    page.select_option("[name=trace]", index=1)
    for name, said in CLEAR.items():
        at.choose(name, said)
    at.send()
    way.reads_on_the_page("The way home is open")
    way.as_(helper, "going-home/named/")
    at.choose("kin", "parent")
    page.fill("[name=words]", "He took me to the boat. (Invented.)")
    at.send()
    way.as_(worker, "going-home/gone/")
    page.fill("[name=on]", day())
    at.send()
    way.reads_on_the_page("Something stands in the way of going home. Two officers decide, with "
                          "reasons; until both agree nobody is sent.")  # fmt: skip
    way.go("going-home/propose/")
    way.reads_on_the_page("Something the person told stands in the way")
    page.fill("[name=reasons]", "He moved far away. (Invented.)")
    at.send()
    way.reads_on_the_page("Nobody is sent home now", "It waits for the answer of a second officer.")
    assert not page.locator("main a[href$='/answer/']").count()
    way.as_(second, "going-home/answer/")
    at.choose("agreed", "yes")
    page.fill("[name=reasons]", "I went there myself. (Invented.)")
    at.send()
    way.reads_on_the_page("The way home is open")
    page.locator("main a[href$='/gone/']").click()
    page.fill("[name=on]", day())
    at.send()
    way.reads_on_the_page("No way home is planned.")

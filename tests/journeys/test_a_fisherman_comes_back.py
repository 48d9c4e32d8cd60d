"""A fisherman sent back from Songkhla is screened before anything else, and helped to live."""

import pytest
from django.db import transaction
from django.utils import translation

from mekhala.pathway.aftercare.codes import Area
from mekhala.pathway.repatriation.errors import NotScreenedYet
from mekhala.safeguards.access.acting import acting_for
from mekhala.safeguards.access.purposes import Purpose
from tests.builders import case, open_to
from tests.days import day
from tests.journeys.steps import KHMER_TOO, Way


@pytest.fixture
def man(transactional_db):
    """Return a function that gives a way the case of a man met at the border."""

    def met(way):
        with transaction.atomic(), acting_for(way.worker.pk):
            made = case(way.worker, sex="male", age=31)
            open_to(way.registrar, made.number, Purpose.REGISTRATION, by=way.worker)
        way.number = made.number

    return met


def sends(way, page, fill=(), look=True, **chosen):
    """Fill the last form of a page of the case and send it; look at what comes unless told."""
    way.page.goto(f"/cases/{way.number}/{page}")
    for name, value in chosen.items():
        way.at.choose(name, value)
    for name, words in dict(fill).items():
        way.page.fill(f"main [name={name}]", words)
    way.page.locator("main form >> nth=-1 >> button >> nth=-1").click()
    way.at.look() if look else way.page.wait_for_load_state()


@pytest.mark.parametrize("language", ["en", KHMER_TOO])
def test_a_fisherman_back_from_songkhla_is_screened_first_and_finds_his_feet(
    man, sign_in, checked, language
):
    way = Way(checked(language), sign_in, language)
    man(way)
    way.as_(way.worker)
    sends(way, "return/", {"started_on": day()}, corridor="tha-khm-deported")
    sends(way, "return/do/step/", {"done_on": day()}, step="arrival.ours")
    with translation.override(language):
        way.reads_on_the_page(str(NotScreenedYet.words))
    sends(way, "screening/new/", look=False, outcome="refer")
    for step in ("screened", "arrival", "first_week"):
        sends(way, "return/do/step/", {"done_on": day()}, look=False, step=f"{step}.ours")
    way.as_(way.registrar)
    sends(way, "needs/", {"words": "A boat of his own. (Invented.)", "made_on": day()},
          **dict.fromkeys(Area.values, "not_said") | {"work": "yes"})  # fmt: skip
    sends(way, "plan/", {"goals": "A boat of his own. (Invented.)", "agreed_on": day()})
    sends(way, "plan/help/", {"given_on": day()}, need="training", agreed="yes")
    way.reads_on_the_page("A boat of his own. (Invented.)", "Training and work")
    for stage in ("integration", "follow_up"):
        sends(way, "plan/stage/", {"on": day()}, look=False, to=stage)
    way.go("follow-up/")
    assert way.page.locator("main .govuk-task-list__item").count() == 3
    assert not way.page.locator("main form").count()
    way.page.locator("main .govuk-task-list__item a").first.click()
    for name, said in (("outcome", "well"), ("work", "own"), ("pay_enough", "yes"),
                       ("housing", "family"), ("feels_safe", "yes")):  # fmt: skip
        way.at.choose(name, said)
    way.page.fill("[name=on]", day())
    way.at.send()
    way.reads_on_the_page("Doing well", "Own business or farm")

"""A girl from Svay Pak goes to her aunt's in Viet Nam: two countries, two clocks, two receipts."""

import pytest
from django.db import transaction
from django.utils import timezone

from mekhala.core import exchange_file
from mekhala.pathway.repatriation import services as returns
from mekhala.pathway.repatriation.models import Exchange
from mekhala.pathway.repatriation.models import Return as Trip
from mekhala.safeguards.access.acting import acting_for
from tests.builders import case, officer
from tests.builders_leaving import body_abroad, yes_to
from tests.days import day, today
from tests.journeys.steps import ENGLISH_TOO, Way


@pytest.fixture
def girl(transactional_db):
    """Return who helps her, the consul of her country, its key, and the number of her case."""
    with transaction.atomic():
        consul, private = body_abroad()
        worker = officer()
        with acting_for(worker.pk):
            made = case(worker, nationality="VNM", language="vi", age=13)
            yes_to(made, consul.agency, by=worker, at=timezone.now())
    return worker, consul, private, made.number


class Return:
    """The pages of one return, from either side."""

    def __init__(self, way):
        """Keep whose way it is."""
        self.way, self.at, self.page = way, way.at, way.at.page

    def acts(self, deed, fill=(), look=False, **chosen):
        """Do one act on our page; ``fill``: what is typed; ``look``: at the form and after it."""
        address = f"/cases/{self.way.number}/return/do/{deed}/"
        self.at.go(address) if look else self.page.goto(address)
        self._sends(fill, chosen, look=look)

    def confirms(self, step, look=False):
        """Let the other side confirm a step with the number of its paper."""
        self._sends({"done_on": day(), "reference": "VN-1"}, {"step": f"{step}.theirs"}, look=look)

    def _sends(self, fill, chosen, *, look):
        for name, value in chosen.items():
            self.at.choose(name, value)
        for name, words in dict(fill).items():
            self.page.fill(f"main [name={name}]", words)
        self.page.locator("main form button >> nth=-1").click()
        self.page.wait_for_load_state()
        if look:
            self.at.look()


def _ours_meanwhile(worker):
    """Let our side do the first steps, and find out who she is and whether it is safe."""
    told, on = {"by": worker, "at": timezone.now()}, today()
    with acting_for(worker.pk):
        one = Trip.objects.get()
        for step in ("identified", "notified"):
            returns.record_step(one, step, side="ours", done_on=on, **told)
        for kind in ("identity", "risk"):
            returns.record_check(one, kind, True, found_by="aftercare", found_on=on, **told)


@pytest.mark.parametrize("language", [ENGLISH_TOO, "km"])
def test_a_girl_from_svay_pak_goes_to_her_aunt(girl, sign_in, checked, language):
    worker, consul, private, number = girl
    way = Way(checked(language), sign_in, language)
    way.number, home = number, Return(way)
    way.as_(worker, "return/")
    home.at.choose("corridor", "khm-vnm")
    home.page.select_option("[name=counterpart]", str(consul.agency_id))
    home.page.fill("[name=started_on]", day())
    home.at.send()
    assert home.page.locator("main table tbody tr").count() == 14
    home.acts("seal", look=True)
    home.acts("statement", {"said_on": day()}, wish="return", guardian_agrees="yes")
    _ours_meanwhile(worker)
    home.acts("check", {"found_on": day()}, look=True, kind="family", answer="yes",
              found_by="other_side")  # fmt: skip
    way.reads_on_the_page("Wants to return", "Its time has not begun")

    with acting_for(worker.pk):
        [file] = Exchange.objects.all()
        word = exchange_file.open_file(bytes(file.content), private)["receipt"]
    sign_in(consul, language)
    home.at.go("/corridor/")
    home.page.locator("main a[href*='/corridor/']").click()
    home.confirms("papers_received", look=True)
    home.confirms("family")

    way.as_(worker)
    home.at.go(f"/cases/{number}/return/files/{file.pk}/receipt/")
    home.page.fill("[name=word]", word)
    home.at.send()
    way.reads_on_the_page("Is the family safe and willing?")
    home.acts("step", {"done_on": day()}, step="handover.ours")
    sign_in(consul, language)
    home.page.goto("/corridor/")
    home.page.locator("main a[href*='/corridor/']").click()
    for step in ("handover", "arrival", "first_week"):
        home.confirms(step, look=step == "first_week")
    way.as_(worker)
    home.acts("end", look=True, because="complete")
    way.reads_on_the_page(
        "Not every side has said that each of its steps was done; the table shows which. If the "
        "person is home all the same, choose the answer that says so."
    )
    home.acts("end", because="home")
    way.reads_on_the_page("The person is home; not every step was confirmed")
    sign_in(consul, language)
    home.page.goto("/corridor/")
    way.reads_on_the_page("No return waits for your agency. What you see ends with the person's "
                          "yes.")  # fmt: skip

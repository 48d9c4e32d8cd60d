"""The steps of a proceeding in the browser: complaint, accused, entries, charges, the ladder."""

import re
from datetime import date

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext

from mekhala.pathway.justice import services
from mekhala.pathway.justice.models import Accused, Stage
from mekhala.safeguards.access.acting import acting_for

TEXT = "KH-LSHTSE-2008|12|2008-02-15"


class Proceeding:
    """A proceeding as officers of justice fill it in; each kind of page is looked at once."""

    def __init__(self, at, sign_in, language):
        """Keep the page; nothing is opened yet."""
        self.at, self.page, self.sign_in, self.language = at, at.page, sign_in, language
        self.number = self.accused = None
        self.seen = set()

    def as_(self, who):
        """Sign an officer in."""
        self.sign_in(who, self.language)

    def fill(self, address, **said):
        """Open a page, fill its form in, send it; nothing may be refused."""
        self.page.goto(address)
        self._look()
        self.fill_here(**said)

    def _look(self):
        """Let axe and the narrow screen look at a kind of page the first time it is open."""
        kind = re.sub(r"\b[A-Z]{2}-\w{4}-\w{4}|\d+|\?.*", "", self.page.url)
        for alike in (r"(accused//)[a-z]+/", r"(redress/)(?:add/[a-z]+|/[a-z]+)/"):
            kind = re.sub(alike, r"\1one-of-its-kind/", kind)
        if kind not in self.seen:
            self.seen.add(kind)
            self.at.look()

    def fill_here(self, **said):
        """Fill in the form of the page that is open, and send it."""
        for name, value in said.items():
            self._one(name, value)
        self.page.locator("main form >> nth=-1 >> button >> nth=-1").click()
        self.page.wait_for_load_state()
        self._look()
        assert not self.page.troubles, (self.page.url, self.page.troubles)
        wrong = self.page.locator(".govuk-error-summary")
        assert not wrong.count(), (self.page.url, wrong.inner_text())

    def _one(self, name, value):
        field = self.page.locator(f'main [name="{name}"]').first
        kind = field.evaluate("f => f.tagName == 'SELECT' ? 'select' : f.type")
        if kind == "select":
            field.select_option(value)
        elif kind == "file":
            field.set_input_files(value)
        elif kind in ("radio", "checkbox"):
            for one in [value] if isinstance(value, str) else value:
                self.at.choose(name, one)
        else:
            field.fill(value)

    def begins(self, **about):
        """File a complaint and add the one it is about."""
        self.fill("/proceedings/new/", complaint_on="2024-02-05", **about)
        self.number = re.search(r"/proceedings/(PR-\w{4}-\w{4})/", self.page.url).group(1)

    def is_about(self, **known):
        """Add somebody complained of, and what is known of her or him."""
        self.fill(f"/proceedings/{self.number}/accused/new/", on="2024-02-05", sex="male", age="34")
        found = re.search(r"AC-\w{4}-\w{4}", self.page.locator("main").inner_text())
        self.accused = f"/accused/{found.group(0)}/"
        if known:
            self.fill(f"{self.accused}about/", **known)

    def climbs(self, **steps):
        """Record rungs, each on its day."""
        for stage, on in steps.items():
            self.fill(f"{self.accused}steps/new/", stage=stage, on=on)

    def climbed(self, by, **steps):
        """Let rungs be reached as ``climbs`` does, by the act alone: other journeys fill it in."""
        with acting_for(by.pk), transaction.atomic():
            one = Accused.objects.get(number=self.accused.split("/")[2])
            for stage, on in steps.items():
                day = date.fromisoformat(on)
                services.record_step(one, Stage(stage), day, by=by, at=timezone.now())

    def records(self, entry, **said):
        """Record one entry."""
        self.fill(f"{self.accused}{entry}/new/", **said)

    def is_charged(self, on, text=TEXT, conduct_from="2023-06", conduct_to="2023-09"):
        """Fill in a charge; the check before it may come instead."""
        self.fill(f"{self.accused}charges/new/", text=text, conduct_from=conduct_from,
                  conduct_to=conduct_to, charged_on=on)  # fmt: skip

    def reads(self, *words):
        """Find these words on the page that is open, in its language."""
        shown = " ".join(self.page.locator("main").inner_text().split())
        with translation.override(self.language):
            for each in words:
                assert str(gettext(each)) in shown, (each, self.page.url, shown[:2000])

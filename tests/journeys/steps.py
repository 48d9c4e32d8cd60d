"""The steps of a case in the browser, each by the officer whose act it is."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone, translation
from django.utils.translation import gettext

from tests.builders import officer
from tests.builders_casework import authority, registrar

KHMER_TOO = pytest.param("km", marks=pytest.mark.every_language)
ENGLISH_TOO = pytest.param("en", marks=pytest.mark.every_language)
PERSON = {"sex": "female", "age": "24", "age_certainty": "known", "language": "km"}


class Way:
    """Somebody's way from the first meeting to the register; the number once there is one."""

    def __init__(self, at, sign_in, language, monkeypatch=None):
        """Keep the page and who acts: a worker, four readers of two agencies, a registrar."""
        self.at, self.page, self.sign_in, self.language = at, at.page, sign_in, language
        self.worker, self.readers, self.registrar = officer(), authority(4), registrar()
        self.monkeypatch, self.number = monkeypatch, None

    def as_(self, who, *pages):
        """Sign an officer in and look at pages of the case."""
        self.sign_in(who, self.language)
        for page in pages:
            self.go(page)

    def go(self, page=""):
        """Open a page of the case and look."""
        self.at.go(f"/cases/{self.number}/{page}")

    def reads_on_the_page(self, *words):
        """Find these words on the page that is open, in its language; what was typed, as typed."""
        shown = " ".join(self.page.locator("main").inner_text().split())
        with translation.override(self.language):
            for each in words:
                assert gettext(each) in shown, (each, self.page.url)

    def is_met(self, **person):
        """Let somebody be met in province 12 and be told what is asked there."""
        self.as_(self.worker)
        self.at.go("/encounters/new/")
        told = PERSON | person
        self.page.select_option("[name=province]", "12")
        for name in ("was_alone", "consents_to_go_on"):
            self.at.choose(name, "yes")
        for name in ("sex", "age_certainty"):
            self.at.choose(name, told[name])
        self.page.fill("[name=age]", told["age"])
        self.page.select_option("main [name=language]", told["language"])
        self.at.send()
        self.number = re.search(r"/cases/(MK-\w{4}-\w{4})/", self.page.url).group(1)

    def is_screened(self, answers, profile="", signs=()):
        """Record what was asked and seen, and refer; ``signs`` as (dimension, code)."""
        self.as_(self.worker, "screening/new/")
        for code, said in answers.items():
            self.at.choose(code, said)
        if profile:
            self.at.choose("profile", profile)
        for dimension, code in signs:
            self.at.choose(dimension, code)
        self.at.choose("outcome", "refer")
        self.at.send()
        self.go("screening/")

    def says_how_to_be_reached(self, **more):
        """Record what the person says about being reached."""
        self.as_(self.worker, "safe-contact/")
        for name, said in ({"way": "in_person", "paper_may_be_given": "no"} | more).items():
            self.at.choose(name, said)
        self.at.send()

    def is_told(self, reader, answers, kind="person", manner="statement", **more):
        """Record one telling and all it says: code → yes, no, unknown or not_said, and words."""
        self.as_(reader, "sources/new/")
        for name, value in {"kind": kind, "manner": manner, "interpreting": "sworn"}.items():
            self.at.choose(name, value)
        for name, words in more.items():
            self.page.fill(f"[name={name}]", words)
        self.at.send()
        for closed in self.page.locator("main form details").all():
            closed.evaluate("d => d.open = true")
        for code, (said, words) in answers.items():
            self.at.choose(code, said)
            self.page.fill(f'[name="{code}-words"]', words)
        self.at.send()
        assert not self.page.locator(".govuk-error-summary").count()

    def is_read(self, reader, answer, grounds, reasons, differs=""):
        """Let one officer read; what was typed is shown once more before it is recorded."""
        self.as_(reader, "decision/")
        self.at.choose("answer", answer)
        for ground in grounds:
            self.at.choose("grounds", ground)
        self.page.fill("[name=differs_because]", differs)
        self.page.fill("[name=reasons]", reasons)
        self.page.check("[name=no_tie]")
        self.at.send()
        self.reads_on_the_page(reasons)
        self.page.locator('main button[value="confirm"]').click()
        self.at.look()

    def is_decided(self, readers, *reading, **more):
        """Let two officers give the same reading; the reasons are a page then."""
        self.as_(readers[0], "", "facts/", "matrix/")
        for reader in readers:
            self.is_read(reader, *reading, **more)
        self.go("reasons/")

    def recovers(self, days=31):
        """Let the clock of the pages go on by days in which nobody decides."""
        now = timezone.now
        self.monkeypatch.setattr(timezone, "now", lambda: now() + timedelta(days=days))

    def is_written_to(self, language):
        """Let one officer make the letter, another approve it, and record that it was read out."""
        self.as_(self.readers[0], "letters/", "letters/new/")
        self.at.choose("kind", "decision")
        self.page.select_option("main [name=language]", language)
        self.at.send()
        assert self.page.locator("article").get_attribute("lang") == language
        address = self.page.url
        self.as_(self.readers[1])
        self.at.go(address)
        for name in ("has_read", "language_checked"):
            if self.page.locator(f"[name={name}]").count():
                self.page.check(f"[name={name}]")
        self.at.send()
        assert not self.page.locator('[value="on_paper"]').count()
        self.at.choose("how", "read_aloud")
        self.at.send()
        return address

    def is_registered(self):
        """Let a registrar of the province enter the person; a certificate comes of it."""
        self.as_(self.registrar, "registration/")
        self.at.send()
        assert self.page.locator('main a[href$="/certificate/"]').count() == 1

"""One invented person, from the Card in a field officer's hands to the published table."""

import re
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from mekhala.forms.instruments import instrument_text
from mekhala.safeguards.access.purposes import Role
from tests.journeys.steps import ENGLISH_TOO
from tests.web.filling import open_form, send

PROVINCE = "12"
SHOWN = {"act.recruitment": "yes", "act.transportation": "yes", "means.deception": "yes",
         "means.debt_bondage": None, "purpose.forced_labour": "yes"}  # fmt: skip
PICTURE = "docs/images/case.png"


@pytest.mark.parametrize("language", [ENGLISH_TOO, "km"])
def test_from_the_first_form_to_the_published_table(
    country, page, sign_in, checked, public_door, language, tmp_path, monkeypatch, request
):
    way = Way(country, checked(language), sign_in, language, public_door)
    way.a_form_is_uploaded(tmp_path)
    way.the_card_is_filled_in_the_browser()
    number = way.a_case_is_opened_from_it()
    way.the_person_is_screened_and_referred(number)
    way.two_officers_read_and_decide(number)
    way.the_person_is_registered(number, tmp_path)
    way.a_place_is_asked_for_and_given(number)
    way.a_plan_is_agreed(number)
    if request.config.getoption("--picture") and language == "en":
        way.a_picture_is_taken(number)
    way.the_year_ends(monkeypatch)
    way.the_table_is_released_and_read_by_anyone()


class Way:
    """The steps, each by the officer whose act it is."""

    def __init__(self, cast, at, sign_in, language, public_door):
        """Keep who acts, the checked page, and where the public site is."""
        self.cast, self.at, self.page = cast, at, at.page
        self.sign_in, self.language, self.public_door = sign_in, language, public_door

    def as_(self, code, role, index=0):
        """Sign an officer in."""
        officer = self.cast.officer(code, index, role)
        self.sign_in(officer, self.language)
        return officer

    def a_form_is_uploaded(self, folder):
        self.as_("st-01", Role.ADMINISTRATOR)
        file = folder / "card.md"
        file.write_text(instrument_text("card"), encoding="utf-8")
        self.at.go("/forms/")
        self.at.go("/forms/upload/")
        self.page.set_input_files("input[type=file]", file)
        self.at.send()
        assert "/forms/versions/" in self.page.url
        self.at.send("main form >> nth=0")  # a draft until it is put into use

    def the_card_is_filled_in_the_browser(self):
        self.as_("fr-01", Role.FIRST_RESPONDER)
        open_form(self.page, "card")
        self.at.axe()
        assert send(self.page, rounds=10), "the Card was not received"
        self.at.look()

    def a_case_is_opened_from_it(self):
        self.page.locator('main table a[href^="/submissions/"]').first.click()
        self.at.look()
        self.page.locator('main a[href^="/encounters/new/"]').first.click()
        self.at.look()
        self.page.select_option("[name=province]", PROVINCE)
        self.at.choose("was_alone", "yes")
        self.at.choose("consents_to_go_on", "yes")
        self.at.choose("urgent_needs", "safety")
        self.at.choose("sex", "female")
        self.page.fill("[name=age]", "24")
        self.at.choose("age_certainty", "known")
        self.at.send()
        found = re.search(r"/cases/(MK-\w{4}-\w{4})/", self.page.url)
        assert found, self.page.locator("main").inner_text()[:600]
        return found.group(1)

    def the_person_is_screened_and_referred(self, number):
        self.at.go(f"/cases/{number}/screening/new/")
        for code, said in SHOWN.items():
            if said and self.page.locator(f'main [name="{code}"]').count():
                self.at.choose(code, said)
        self.at.choose("outcome", "refer")
        self.at.send()
        assert number in self.page.url

    def two_officers_read_and_decide(self, number):
        """First on reasonable grounds, then, as the person wishes not to wait, conclusively."""
        for index in range(2):
            self._one_reads(number, index, "PossibleVictimOfTrafficking")
        self.at.go(f"/cases/{number}/clock/")
        self.page.fill("[name=end_minimum-because]", "She asked for it herself. (Invented.)")
        self.at.send()
        for index in range(2):
            self._one_reads(number, index, "ActualVictimOfTrafficking")
        self.at.go(f"/cases/{number}/reasons/")

    def _one_reads(self, number, index, answer):
        self.as_("ca-01", Role.AUTHORITY, index)
        self.at.go("/today/")
        for page in ("", "facts/", "matrix/", "decision/"):
            self.at.go(f"/cases/{number}/{page}")
        self.at.choose("answer", answer)
        self.at.choose("grounds", "elements_made_out")
        self.page.fill("[name=reasons]", "What was told fits what was found. (Invented.)")
        self.page.check("[name=no_tie]")
        self.at.send()
        self.page.locator('main button[value="confirm"]').click()
        self.at.look()

    def the_person_is_registered(self, number, folder):
        self.as_(f"sa-{PROVINCE}", Role.REGISTRAR)
        self.at.go("/today/")
        self.at.go(f"/cases/{number}/")
        self.at.go(f"/cases/{number}/registration/")
        self.at.send()
        with self.page.expect_download() as download:
            self.page.locator('main a[href$="/certificate/"]').click()
        paper = folder / "certificate.pdf"
        download.value.save_as(paper)
        assert paper.read_bytes().startswith(b"%PDF")
        assert download.value.suggested_filename.startswith("RG-")
        self._the_certificate_is_checked(number)

    def _the_certificate_is_checked(self, number):
        from mekhala.pathway.registration.models import Registration
        from mekhala.safeguards.access.acting import acting_for

        with acting_for(self.cast.registrar_of(PROVINCE).pk):
            kept = Registration.objects.get(case=number)
        self.at.go(f"{self.public_door}/certificate/?lang={self.language}")
        self.page.fill("[name=number]", kept.number)
        self.page.fill("[name=code]", kept.certificate_code)
        self.at.send()
        assert kept.number not in self.page.url

    def a_place_is_asked_for_and_given(self, number):
        for service in self.cast.services.values():
            if service.need == "shelter" and "female" in service.takes_sexes:
                self._places_are_confirmed(service)
        self.as_(f"sa-{PROVINCE}", Role.REGISTRAR)
        self.at.go(f"/cases/{number}/referrals/")
        self.at.go(f"/cases/{number}/match/")
        self.at.choose("need", "shelter")
        self.at.send("main form >> nth=0")
        self.page.locator(f'main a[href^="/cases/{number}/match/"]').first.click()
        self.at.look()
        self.at.choose("agrees", "yes")
        self.at.choose("urgent", "nowhere")
        self.at.send()
        self._the_provider_accepts(number)

    def _places_are_confirmed(self, service):
        from mekhala.pathway.directory.services import confirm_places
        from mekhala.safeguards.access.acting import acting_for

        provider = self.cast.officer(service.agency.code, role=Role.PROVIDER)
        with acting_for(provider.pk):
            confirm_places(service, 1, by=provider, at=timezone.now())

    def _the_provider_accepts(self, number):
        from mekhala.pathway.referral.models import Referral
        from mekhala.safeguards.access.acting import acting_for

        with acting_for(self.cast.registrar_of(PROVINCE).pk):
            asked = Referral.objects.select_related("service__agency").get(case=number)
        self.as_(asked.service.agency.code, Role.PROVIDER)
        self.at.go("/our/services/")
        self.at.go("/referrals/in/")
        self.at.go(f"/referrals/in/{asked.pk}/")
        accept = f'main form[action$="/referrals/in/{asked.pk}/accept/"]'
        self.at.send(accept)
        self.at.go(f"/cases/{number}/")

    def a_plan_is_agreed(self, number):
        self.as_(f"sa-{PROVINCE}", Role.REGISTRAR)
        self.at.go(f"/cases/{number}/plan/")
        self.page.fill("[name=goals]", "To rest, and then to learn a trade. (Invented.)")
        self.at.send()
        self.at.go(f"/cases/{number}/follow-up/")
        self.at.go(f"/cases/{number}/consent/")
        self.at.go(f"/cases/{number}/history/")

    def a_picture_is_taken(self, number):
        self.as_("ca-01", Role.AUTHORITY)
        self.page.goto(f"/cases/{number}/")
        self.page.screenshot(path=PICTURE)

    def the_year_ends(self, monkeypatch):
        """The clock of the pages goes on to January: a year is released once it is over."""
        real, start = timezone.now, timezone.now()
        january = datetime(start.year + 1, 1, 15, tzinfo=start.tzinfo)
        self.year, gap = timezone.localtime(start).year, january - start
        assert gap > timedelta(0)
        monkeypatch.setattr(timezone, "now", lambda: real() + gap)

    def the_table_is_released_and_read_by_anyone(self):
        self.as_("st-01", Role.STATISTICIAN)
        self.at.go("/linkage/")
        self.page.fill("[name=from_year]", str(self.year))
        self.page.fill("[name=to_year]", str(self.year))
        self.at.send('main form[action$="/linkage/register/"]')
        self.at.go(f"/releases/new/?year={self.year}")
        self.page.check("[name=understood]")
        self.at.send("main form[method=post]")
        self.at.go("/figures/")
        slug = f"recognised-victims-{self.year}"
        self.at.go(f"{self.public_door}/figures/?lang={self.language}")
        self.at.go(f"{self.public_door}/figures/{slug}/?lang={self.language}")
        assert self._registered_this_year() in self.page.locator("main").inner_text()

    def _registered_this_year(self):
        from mekhala.population.linkage.queries import register_counts

        return f"{sum(register_counts(self.year).values()):,}".replace(",", "\u202f")

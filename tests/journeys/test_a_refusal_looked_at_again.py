"""A person brought over the border is not found to be a victim, and then is: by other readers."""

import pytest

from mekhala.pathway.determination.models import Decision
from mekhala.safeguards.access.acting import acting_for
from tests.builders_casework import GROUNDS, REFUSED, authority, registrar, told
from tests.builders_reading import without_means

BEFORE = "She agreed, paid, and was free to go. (Invented.)"
AFTER = "Her contract shows what she was threatened with. (Invented.)"


@pytest.mark.parametrize("language", ["en", "km"])
def test_a_smuggling_case_is_refused_with_reasons_and_looked_at_again(
    transactional_db, page, sign_in, checked, language
):
    way = Way(checked(language), sign_in, language)
    way.two_officers_refuse()
    way.a_registrar_asks_again()
    way.a_clock_stands_still_and_goes_on()
    way.two_others_read_it_and_find_otherwise()
    with acting_for(way.readers[0].pk):
        earlier, later = Decision.objects.order_by("decided_at")
        assert (earlier.status, later.status) == (REFUSED, GROUNDS)
        assert later.replaces == earlier


class Way:
    """The steps, each by the officer whose act it is."""

    def __init__(self, at, sign_in, language):
        """Keep the checked page and who acts; let a person be referred."""
        self.at, self.page, self.sign_in, self.language = at, at.page, sign_in, language
        self.readers, self.registrar = authority(5), registrar()
        with acting_for(None):
            self.file = without_means()
        self.case = f"/cases/{self.file.case_id}/"

    def as_(self, who, *pages):
        """Sign an officer in and look at pages of the case."""
        self.sign_in(who, self.language)
        self.at.go("/today/")
        for address in pages:
            self.at.go(f"{self.case}{address}")

    def two_officers_refuse(self):
        for reader in self.readers[:2]:
            self.as_(reader, "", "tie/", "decision/")
            self._answer(REFUSED, ["no_means", "fits_smuggling"], BEFORE)
        self.at.go(f"{self.case}reasons/")
        assert BEFORE in self.page.content()

    def _answer(self, answer, grounds, reasons, differs=""):
        self.at.choose("answer", answer)
        for ground in grounds:
            self.at.choose("grounds", ground)
        self.page.fill("[name=differs_because]", differs)
        self.page.fill("[name=reasons]", reasons)
        self.page.check("[name=no_tie]")
        self.at.send()
        self.page.locator('main button[value="change"]').click()
        self.at.look()
        assert self.page.input_value("[name=reasons]") == reasons
        self.at.send()
        self.page.locator('main button[value="confirm"]').click()
        self.at.look()

    def a_registrar_asks_again(self):
        self.as_(self.registrar, "", "reasons/", "reconsideration/")
        self.at.choose("grounds", "new_evidence")
        self.page.fill("[name=because]", "Her contract has come. (Invented.)")
        if self.page.locator("[name=late_because]").count():
            self.page.fill("[name=late_because]", "She was in hospital. (Invented.)")
        self.at.send()
        self.at.go(self.case)

    def a_clock_stands_still_and_goes_on(self):
        self.as_(self.readers[2], "clock/")
        self.at.choose("pause-reason", "evidence")
        self.page.fill("[name=pause-because]", "A translation is on its way. (Invented.)")
        self.page.locator('main form:has([value="pause"]) button').click()
        self.at.look()
        self.page.fill("[name=go_on-because]", "It has come. (Invented.)")
        self.at.send()
        with acting_for(self.readers[2].pk):
            again = self.file.case.files.get(closed_at=None)
            contract = {"kind": "document", "manner": "document", "hours": 300}
            told(again, self.readers[2], {"means.threat": True}, **contract)

    def two_others_read_it_and_find_otherwise(self):
        for reader in self.readers[2:4]:
            self.as_(reader, "reconsideration/", "decision/")
            self._answer(GROUNDS, ["sources_weighed"], AFTER, differs="The paper is her own.")
        self.at.go(f"{self.case}reasons/")
        self.at.go(self.case)
        for which in ("conclusive-grounds", "paused", "further-reader"):
            self.at.go(f"/to-read/{which}/")
        self.as_(self.readers[0], "decision/")

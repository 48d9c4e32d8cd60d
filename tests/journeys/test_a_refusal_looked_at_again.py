"""A person brought over the border is not found to be a victim, and then is: by other readers."""

import pytest

from mekhala.core.vocabulary.facts import FactGroup, codes_in_group
from mekhala.pathway.determination.models import Decision
from mekhala.safeguards.access.acting import acting_for
from tests.builders_casework import GROUNDS, REFUSED
from tests.journeys.steps import KHMER_TOO, Way

DENIED = dict.fromkeys(codes_in_group(FactGroup.MEANS), "no")
SHOWN = {"act.transportation": "yes", "act.irregular_entry_for_gain": "yes",
         "purpose.forced_labour": "not_known"} | DENIED  # fmt: skip
NEGATIVE = (REFUSED, ["no_means", "fits_smuggling"], "She agreed, paid, and was free. (Invented.)")
AFTER = (GROUNDS, ["sources_weighed"], "Her contract shows what she was threatened with.")
DIFFERS = "The paper is her own; she was afraid when she was first asked."
CONTRACT = {
    "means.threat": ("yes", "Whoever leaves before the debt is paid will answer for it."),
    "purpose.forced_labour": ("yes", "No wage until the debt is paid."),
}


@pytest.mark.parametrize("language", ["en", KHMER_TOO])
def test_a_smuggling_case_is_refused_with_reasons_and_looked_at_again(
    transactional_db, sign_in, checked, language
):
    way = Again(checked(language), sign_in, language)
    way.is_met()
    way.is_screened(SHOWN)
    way.says_how_to_be_reached()
    way.what_is_typed_stays()
    way.is_decided(way.readers[:2], *NEGATIVE)
    way.is_written_to("km")
    way.a_registrar_asks_again()
    way.a_clock_stands_still_and_goes_on()
    way.is_told(way.readers[2], CONTRACT, kind="document", manner="document", who="contract")
    way.who_refused_reads_no_more()
    way.is_decided(way.readers[2:], *AFTER, differs=DIFFERS)
    way.both_decisions_stand()


class Again(Way):
    """What happens only here."""

    def what_is_typed_stays(self):
        """A first look at a negative says what stays; changing it loses nothing."""
        self.as_(self.readers[0], "tie/", "decision/")
        answer, grounds, reasons = NEGATIVE
        self.at.choose("answer", answer)
        self.at.choose("grounds", grounds[0])
        self.page.fill("[name=reasons]", reasons)
        self.page.check("[name=no_tie]")
        self.at.send()
        self.reads_on_the_page(
            "Help goes on: no place, plan or service ends because of this decision, and no "
            "record is deleted."
        )
        self.page.locator('main button[value="change"]').click()
        self.at.look()
        assert self.page.input_value("[name=reasons]") == reasons

    def a_registrar_asks_again(self):
        self.as_(self.registrar, "", "reasons/", "reconsideration/")
        self.at.choose("grounds", "new_evidence")
        self.page.fill("[name=because]", "Her contract has come. (Invented.)")
        assert not self.page.locator("[name=late_because]").count()
        self.at.send()

    def a_clock_stands_still_and_goes_on(self):
        self.as_(self.readers[2], "clock/")
        self.at.choose("pause-reason", "evidence")
        self.page.fill("[name=pause-because]", "A translation is on its way. (Invented.)")
        self.page.locator('main form:has([value="pause"]) button').click()
        self.at.look()
        self.at.go("/to-read/paused/")
        self.go("clock/")
        self.page.fill("[name=go_on-because]", "It has come. (Invented.)")
        self.at.send()

    def who_refused_reads_no_more(self):
        self.as_(self.readers[0], "decision/")
        assert not self.page.locator("main [name=answer]").count()

    def both_decisions_stand(self):
        self.reads_on_the_page(NEGATIVE[2], AFTER[2], "Replaced by a later decision")
        for which in ("conclusive-grounds", "further-reader"):
            self.at.go(f"/to-read/{which}/")
        with acting_for(self.readers[2].pk):
            earlier, later = Decision.objects.order_by("decided_at")
            assert (earlier.status, later.status) == (REFUSED, GROUNDS)
            assert later.replaces == earlier

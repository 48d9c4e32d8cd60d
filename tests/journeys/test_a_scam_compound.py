"""A worker of a scam compound, made to commit fraud: two tellings differ, a fact is asked for."""

import pytest

from mekhala.pathway.determination.models import Decision, FactRequest
from mekhala.safeguards.access.acting import acting_for
from tests.builders_casework import GROUNDS, RECOGNISED
from tests.journeys.steps import ENGLISH_TOO, Way

SHOWN = {"act.recruitment": "yes", "act.harbouring": "yes", "means.deception": "yes"}
SIGNS = [
    ("exploitation", "exploitation.made_to_commit_offences"),
    ("exploitation", "exploitation.quotas"),
    ("coercion_at_destination", "coercion_at_destination.isolation_or_confinement"),
]
THREAT = {"en": "They said they would beat me.", "km": "គេថានឹងវាយខ្ញុំ។"}
NO_THREAT = {"en": "No threat was found.", "km": "រកមិនឃើញការគំរាមទេ។"}
UNKNOWN = {"en": "I do not know what it was for.", "km": "ខ្ញុំមិនដឹងថា វាសម្រាប់អ្វីទេ។"}
PURPOSE = "purpose.forced_criminality"
ASKED = "What happened to those who reached no quota?"
ANSWER = "They were beaten, she said. (Invented.)"
REASONS = "She wrote to strangers under threat of blows. (Invented.)"


@pytest.mark.parametrize("language", [ENGLISH_TOO, "km"])
def test_a_worker_made_to_commit_fraud_is_recognised_and_safe_from_punishment(
    transactional_db, sign_in, checked, language, monkeypatch, picture
):
    way = Compound(checked(language), sign_in, language, monkeypatch)
    way.is_met(language="vi")
    way.is_screened(SHOWN, "forced_criminality", SIGNS)
    way.two_tellings_differ()
    way.both_stand_side_by_side()
    picture(f"/cases/{way.number}/matrix/", "matrix")
    way.a_fact_is_asked_of_who_screened()
    way.she_answers()
    picture(f"/cases/{way.number}/decision/", "decision", height=1500)
    way.is_decided(way.readers[:2], GROUNDS, ["elements_made_out"], REASONS)
    way.recovers()
    way.is_decided(way.readers[:2], RECOGNISED, ["elements_made_out", "sources_weighed"], REASONS)
    way.no_charge_follows()


class Compound(Way):
    """What happens only here."""

    def two_tellings_differ(self):
        """The person says one thing of the threat and of the fraud, the raid report another."""
        own, report = THREAT[self.language], NO_THREAT[self.language]
        compelled = ("compelled.fraud", "compelled.immigration")
        said = dict.fromkeys(("means.threat", *compelled), ("yes", own))
        self.is_told(self.readers[0], said | {PURPOSE: ("unknown", UNKNOWN[self.language])})
        self.is_told(
            self.readers[0],
            dict.fromkeys(("means.threat", "compelled.fraud"), ("no", report)),
            kind="document", manner="document", who="3",
        )  # fmt: skip

    def both_stand_side_by_side(self):
        """The matrix shows the yes of one and the no of the other, and joins them to neither."""
        self.go("matrix/")
        rows = self.page.locator(".mekhala-matrix tbody")
        disputed = rows.filter(has=self.page.locator(".badge--against"))
        assert disputed.count() == 1
        assert disputed.locator("td .badge--for").count() >= 1
        self.go("facts/")
        fact = self.page.locator('[id="fact-means.threat"]')
        assert fact.locator("li").count() == 2

    def a_fact_is_asked_of_who_screened(self):
        self.go(f"facts/ask/?code={PURPOSE}")
        self.page.fill("[name=question]", ASKED)
        self.at.choose("asked_of", "screened")
        self.at.send()

    def she_answers(self):
        self.as_(self.worker)
        self.at.go("/today/")
        self.page.locator("main a", has_text=self.number).first.click()
        self.at.look()
        self.reads_on_the_page(ASKED)
        self.at.choose("made_out", "yes")
        self.page.fill("[name=because]", ANSWER)
        self.at.send()
        with acting_for(self.readers[0].pk):
            assert not FactRequest.objects.filter(ended_at=None).exists()
        self.as_(self.readers[0], "matrix/")
        self.reads_on_the_page(ANSWER)

    def no_charge_follows(self):
        """The safeguard stands on the page; what sources differ on is told beside it."""
        with acting_for(self.readers[0].pk):
            kept = Decision.objects.order_by("decided_at").last().outcome
        (safe,) = kept["non_punishment"]
        assert safe["code"] == "compelled.immigration"
        self.reads_on_the_page(
            "No punishment for what the person was made to do",
            "A person is not liable for having been smuggled, nor for an irregular entry, stay or "
            "exit that the situation brought about.",
        )
        assert safe["source"] in self.page.content()

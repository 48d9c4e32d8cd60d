"""An adult is deceived into work she is not paid for: from the first meeting to the register."""

import pytest

from tests.builders_casework import GROUNDS, RECOGNISED
from tests.journeys.steps import KHMER_TOO, Way

SHOWN = {"act.recruitment": "yes", "act.transportation": "yes", "means.deception": "yes",
         "means.threat": "not_said", "purpose.forced_labour": "yes"}  # fmt: skip
REASONS = "The offer was a lie, and she was not paid. (Invented.)"


@pytest.mark.parametrize("language", ["en", KHMER_TOO])
def test_an_adult_deceived_is_recognised_told_in_khmer_and_registered(
    transactional_db, sign_in, checked, language, monkeypatch, picture
):
    way = Way(checked(language), sign_in, language, monkeypatch)
    way.is_met()
    way.is_screened(SHOWN, "adult_labour", [("exploitation", "exploitation.low_or_no_salary")])
    way.says_how_to_be_reached()
    way.is_decided(way.readers[:2], GROUNDS, ["elements_made_out"], REASONS)
    way.as_(way.readers[0], "decision/")
    assert not way.page.locator("main button[value=confirm]").count()
    way.recovers()
    way.is_decided(way.readers[:2], RECOGNISED, ["elements_made_out"], REASONS)
    letter = way.is_written_to("km")
    picture(letter, "letter")
    way.is_registered()

"""A child of whom every means is denied is recognised; who may be a child is treated as one."""

import pytest

from mekhala.core.vocabulary.facts import FactGroup, codes_in_group
from tests.builders_casework import GROUNDS, RECOGNISED
from tests.journeys.steps import KHMER_TOO, Way

DENIED = dict.fromkeys(codes_in_group(FactGroup.MEANS), "no")
SHOWN = {"act.recruitment": "yes", "act.receipt": "yes", "purpose.forced_begging": "yes"} | DENIED
REASONS = "He is fourteen and was sent out to beg. (Invented.)"
NOT_NEEDED = (
    "For a child, and for everybody not known to be 18 or more, no means needs to be shown."
)
TREATED = "The age is not known for sure: the person is treated as a child."


@pytest.mark.parametrize("language", ["en", KHMER_TOO])
def test_a_child_is_recognised_although_every_means_is_denied(
    transactional_db, sign_in, checked, language, monkeypatch
):
    way = Way(checked(language), sign_in, language, monkeypatch)
    way.is_met(age="14", sex="male")
    way.is_screened(
        SHOWN, "child_labour", [("exploitation", "exploitation.no_access_to_education")]
    )
    way.says_how_to_be_reached(guardian_may_know="not_known")
    way.is_decided(way.readers[:2], GROUNDS, ["child_no_means"], REASONS)
    way.reads_on_the_page(NOT_NEEDED)
    way.recovers()
    way.is_decided(way.readers[:2], RECOGNISED, ["child_no_means"], REASONS)
    way.is_written_to("km")
    assert not way.page.locator('[value="guardian"]').count()
    way.is_registered()


@pytest.mark.parametrize("language", ["en", KHMER_TOO])
def test_whoever_may_be_a_child_is_treated_as_one(transactional_db, sign_in, checked, language):
    way = Way(checked(language), sign_in, language)
    way.is_met(age="", age_certainty="unknown")
    way.is_screened(SHOWN, "child_labour")
    way.as_(way.readers[0], "decision/")
    way.reads_on_the_page(TREATED, NOT_NEEDED)
    way.is_read(way.readers[0], GROUNDS, ["child_no_means"], REASONS)

"""One quantity from several sources side by side, and what figures are counted out of."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from mekhala.core.provenance.beside import apart, beside
from mekhala.core.provenance.claim import Claim
from mekhala.core.provenance.wholes import wholes

POLICE = Claim(
    claim_id="A-1", quantity="Events", population_definition="recorded by police",
    place="Cambodia", period="2008", value="108", unit="events", method="administrative",
    source_cited="police",
)  # fmt: skip
SERIES = replace(
    POLICE, claim_id="A-2", population_definition="official series", period="2005-2009", value="0"
)
CENSUS = replace(
    POLICE, claim_id="C-1", quantity="Residents", population_definition="", value="10",
    unit="persons", method="census",
)  # fmt: skip


def part(number, value):
    return replace(CENSUS, claim_id=f"C-{number}", value=value, part_of="C-1")


def test_two_sources_for_overlapping_years_stand_side_by_side_with_their_difference():
    [[series, police]] = beside([POLICE, SERIES])
    assert (series.claim, police.claim) == (SERIES, POLICE)
    [other] = police.others
    assert (other.difference, other.same_years, other.same_definition) == (-108, False, False)


def test_unlike_units_places_and_years_are_never_held_against_each_other():
    for unlike in ({"unit": "persons"}, {"place": "Poipet"}, {"period": "2004"}):
        assert not beside([POLICE, replace(SERIES, **({"period": "2008"} | unlike))])


@given(*[st.tuples(st.integers(0, 50), st.integers(0, 50)).map(sorted).map(tuple)] * 2)
@settings(max_examples=40)
def test_ranges_that_meet_do_not_differ_and_others_differ_both_ways_alike(one, other):
    meet = one[0] <= other[1] and other[0] <= one[1]
    assert (apart(one, other) == 0) == meet
    assert apart(one, other) == -apart(other, one)


def test_the_parts_of_a_whole_are_added_up_anew():
    [whole] = wholes([CENSUS, part(2, "6"), part(3, "4")])
    assert (whole.total, whole.difference) == (10, 0)
    assert whole.share(whole.parts[0]) == 0.6


def test_a_sum_that_differs_is_told_and_one_that_is_not_known_is_not_zero():
    assert wholes([CENSUS, part(2, "6"), part(3, "5")])[0].difference == 1
    assert wholes([CENSUS, part(2, "6"), part(3, "4-5")])[0].total is None
    assert wholes([CENSUS])[0].total is None


def test_what_others_are_told_out_of_is_a_whole_too():
    sample = replace(CENSUS, method="interview", value="91")
    of_it = replace(sample, claim_id="C-9", population_definition="of 91", value="49")
    [whole] = wholes([sample, of_it])
    assert whole.base_of == (of_it,)

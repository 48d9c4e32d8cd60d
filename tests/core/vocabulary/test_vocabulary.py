"""Codes kept as their standard writes them."""

from mekhala.core.law.expression import FactIs, NeedsMore
from mekhala.core.law.library import palermo
from mekhala.core.vocabulary.facts import (
    FactGroup,
    PalermoRole,
    codes_in_group,
    codes_with_role,
    facts,
)
from mekhala.core.vocabulary.htcds import (
    EXPLOITATION_BY_PURPOSE,
    TraffickingStatus,
    TypeOfExploitation,
    types_of_exploitation,
)
from mekhala.core.vocabulary.nearest import nearest


def test_a_code_begins_with_its_group_and_every_group_has_codes():
    assert all(code.split(".")[0] == fact.group for code, fact in facts().items())
    assert all(codes_in_group(group) for group in FactGroup)
    assert all(fact.meaning for fact in facts().values())


def test_statuses_are_those_of_htcds():
    assert TraffickingStatus.POSSIBLE_VICTIM == "PossibleVictimOfTrafficking"


def test_each_purpose_that_is_a_form_of_exploitation_has_its_htcds_code():
    assert set(EXPLOITATION_BY_PURPOSE) < set(codes_in_group(FactGroup.PURPOSE))


def test_only_what_is_found_counts_as_a_form_of_exploitation():
    found = {"purpose.servitude": None, "purpose.slavery_or_similar": False}
    assert types_of_exploitation(found) == ()
    both = {"purpose.debt_bondage": True, "purpose.forced_labour": True}
    assert types_of_exploitation(both) == (TypeOfExploitation.FORCED_LABOUR,)


def test_finds_the_nearest_code():
    assert nearest("means.deceit", facts()) == "means.deception"
    assert nearest("None-Of", ["none_of", "facts"]) == "none_of"
    assert nearest("zzz", ["facts"], cutoff=0.75) is None


def test_the_definition_asks_for_the_facts_that_can_make_it_out():
    act, means, purpose = (element.asks.parts for element in palermo().elements)
    more = codes_with_role(PalermoRole.PURPOSE_NEEDS_MORE)
    assert act == tuple(map(FactIs, codes_with_role(PalermoRole.ACT)))
    assert means == tuple(map(FactIs, codes_with_role(PalermoRole.MEANS)))
    named = tuple(map(FactIs, codes_with_role(PalermoRole.PURPOSE)))
    assert purpose == (*named, *map(NeedsMore, more))


def test_no_country_is_made_up_for_testing_programs():
    from mekhala.core.vocabulary.countries import country_names

    assert not [name for name in country_names("en").values() if name.startswith("Pseudo")]
    assert {"KHM", "THA", "VNM"} <= set(country_names("km"))


def test_each_country_is_offered_once_and_by_the_code_of_today():
    from mekhala.core.vocabulary.countries import alpha_2, country_names

    assert len(set(alpha_2().values())) == len(alpha_2())
    names = country_names("en")
    assert len(set(names.values())) == len(names)
    assert names["MMR"] == "Myanmar (Burma)"
    assert "European Union" not in names.values()

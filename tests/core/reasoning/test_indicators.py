"""Indicators: when a dimension is positive, and what each list holds."""

from itertools import combinations_with_replacement

import pytest

from mekhala.core.reasoning.indicators import (
    RULES,
    Dimension,
    Origin,
    Weight,
    dimension_names,
    indicators,
    weighed,
)
from mekhala.core.reasoning.profiles import Profile

OUR_OWN = Profile.FORCED_CRIMINALITY


def of_weight(profile, dimension, weight):
    signs = [i for i in indicators().values() if i.dimension == dimension]
    return [i for i in signs if i.weights.get(profile) is weight]


def smallest(profile, dimension):
    """Per line of the rule that the list can fill: its name and the signs that fill it."""
    for name, *needed in RULES:
        seen = [of_weight(profile, dimension, w)[:n] for w, n in zip(Weight, needed, strict=True)]
        if [len(part) for part in seen] == needed:
            yield name, [sign for part in seen for sign in part]


@pytest.mark.parametrize(
    ("strong", "medium", "weak", "rule"),
    [
        (2, 0, 0, "2 strong"),
        (1, 1, 0, "1 strong + 1 medium or weak"),
        (1, 0, 1, "1 strong + 1 medium or weak"),
        (0, 3, 0, "3 medium"),
        (0, 2, 1, "2 medium + 1 weak"),
        (1, 0, 0, None),
        (0, 2, 0, None),
        (0, 1, 5, None),
        (0, 0, 9, None),
    ],
)
def test_a_dimension_is_positive_by_one_of_four_rules(strong, medium, weak, rule):
    dimension = Dimension(name="exploitation", strong=strong, medium=medium, weak=weak, seen=())
    assert dimension.rule == rule
    assert dimension.positive == (rule is not None)


@pytest.mark.parametrize("profile", Profile)
def test_each_line_of_the_rule_holds_in_each_list_and_without_any_one_sign_does_not(profile):
    lines = [(d, rule, seen) for d in dimension_names() for rule, seen in smallest(profile, d)]
    assert {rule for _, rule, _ in lines} >= {"2 strong", "3 medium"}
    for dimension, rule, seen in lines:
        assert weighed(dimension, seen, profile).rule == rule
        for left_out in seen:
            fewer = [sign for sign in seen if sign is not left_out]
            assert not weighed(dimension, fewer, profile).positive


def test_two_signs_are_enough_only_if_one_is_strong():
    for one, other in combinations_with_replacement("SMW", 2):
        counts = {w: [one, other].count(w) for w in "SMW"}
        dimension = Dimension(
            name="exploitation", strong=counts["S"], medium=counts["M"], weak=counts["W"], seen=()
        )
        assert dimension.positive == (one == "S")


def test_only_the_list_of_our_own_holds_indicators_of_our_own():
    for each in indicators().values():
        published = each.origin is Origin.ILO_EC_2009
        assert bool(set(each.weights) - {OUR_OWN}) == published


def test_the_list_of_our_own_changes_no_weight_it_carries_over():
    for each in indicators().values():
        if each.origin is Origin.ILO_EC_2009 and OUR_OWN in each.weights:
            assert each.weights[OUR_OWN] is each.weights[Profile.ADULT_LABOUR]


def test_in_the_list_of_our_own_every_dimension_can_be_positive():
    every = tuple(indicators().values())
    for name in dimension_names():
        held = [i for i in every if OUR_OWN in i.weights]
        assert weighed(name, held, OUR_OWN).positive

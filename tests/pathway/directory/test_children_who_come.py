"""Children who come along: with a parent, or children of one family alone. And what is told."""

from dataclasses import replace
from datetime import timedelta

import pytest

from mekhala.pathway.directory.fitting import fit, match
from mekhala.pathway.directory.models import Service
from mekhala.pathway.directory.needs import Child, Needs
from tests.builders import NOW


def house(pk=1, **more):
    told = {
        "name": f"House {pk}", "need": "shelter", "takes_sexes": ["female", "male"],
        "youngest": 0, "oldest": 99, "languages": ["km"], "province_code": "12",
        "places_free": 5, "places_total": 5, "takes_families": True,
        "confirmed_at": NOW - timedelta(hours=2),
    } | more  # fmt: skip
    return Service(pk=pk, **told)


def said(found):
    [one] = [r for r in found.reasons if r.about == "children"]
    return one.words


MOTHER = Needs(
    sex="female", age=30, language="km",
    children=(Child(sex="male", age=15), Child(sex="female", age=3)),
)  # fmt: skip


@pytest.mark.parametrize(
    ("limits", "told"),
    [
        ({"boys_to": 12}, "With a parent only: boys to 12 years"),
        ({"boys_to": 12, "girls_to": 15}, "With a parent only: boys to 12, girls to 15 years"),
        ({"girls_to": 2}, "With a parent only: girls to 2 years"),
    ],
)
def test_of_the_ages_of_children_only_what_is_told_is_said(limits, told):
    found = fit(house(**limits), MOTHER)
    assert (found.fits, said(found)) == (False, told)


BOY, GIRL = Child(sex="male", age=3), Child(sex="female", age=3)
BOY_AND_SISTER = Needs(sex="male", age=15, language="km", children=(GIRL,))
GIRL_WITH_BABY = Needs(sex="female", age=16, language="km", children=(Child(age=1),))


@pytest.mark.parametrize(
    ("needs", "known"),
    [
        (MOTHER, True), (BOY_AND_SISTER, False), (GIRL_WITH_BABY, None),
        (Needs(children=(BOY,)), None), (Needs(age=15, children=(Child(),)), None),
    ],
)  # fmt: skip
def test_whether_children_come_with_a_parent_is_known_of_adults_and_of_brothers_and_sisters(
    needs, known
):
    assert needs.with_parent is known


def test_a_house_for_parents_with_children_is_no_house_for_children_alone():
    parents = house(youngest=14, oldest=99)
    found = fit(parents, BOY_AND_SISTER)
    assert (found.fits, said(found)) == (False, "Does not take all these children without a parent")
    assert fit(house(), BOY_AND_SISTER).fits is True
    assert fit(house(takes_families=False, oldest=15), BOY_AND_SISTER).fits is True


def test_where_nobody_knows_if_they_are_a_parent_it_is_asked_and_what_is_said_decides():
    parents = house(youngest=14, oldest=99)
    assert fit(parents, GIRL_WITH_BABY).fits is None
    assert fit(parents, replace(GIRL_WITH_BABY, is_parent=True)).fits is True
    assert fit(parents, replace(GIRL_WITH_BABY, is_parent=False)).fits is False
    estimated = replace(GIRL_WITH_BABY, age=14, children=(Child(age=2),), is_parent=True)
    assert estimated.with_parent is True


def test_a_house_made_for_children_stands_before_a_nearer_one_for_anybody():
    transit = house(1, province_code="01", takes_sexes=["female"], stay="short")
    for_children = house(2, oldest=17, takes_families=None)
    two = Needs(sex="female", age=13, language="km", province_code="01", children=(GIRL,))
    assert [f.service.pk for f in match(two, [transit, for_children])] == [2, 1]
    alone = replace(two, children=())
    assert [f.service.pk for f in match(alone, [transit, for_children])] == [2, 1]
    grown = replace(alone, age=30)
    assert [f.service.pk for f in match(grown, [transit, house(2)])] == [1, 2]


def test_a_house_made_for_what_was_suffered_stands_before_a_nearer_one_for_anybody():
    anybody, made = house(1, province_code="01"), house(2, forms=["labour"])
    needs = Needs(sex="male", age=30, language="km", province_code="01", form="labour")
    assert [f.service.pk for f in match(needs, [anybody, made])] == [2, 1]
    assert [f.service.pk for f in match(replace(needs, form=""), [anybody, made])] == [1, 2]

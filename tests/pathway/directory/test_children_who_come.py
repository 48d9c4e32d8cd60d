"""Children who come along: with a parent, or children of one family alone. And what is told."""

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


MOTHER = Needs(sex="female", age=30, language="km", children=(Child(sex="male", age=15),
                                                              Child(sex="female", age=3)))  # fmt: skip


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

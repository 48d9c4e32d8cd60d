"""What makes the match quick stays so; bound by counts and ratios, not by this machine's clock."""

import gc
import random
from collections import Counter

import pytest
from django.db import connection

from benchmarks import match_cost
from mekhala.pathway.directory import queries
from mekhala.pathway.directory.fitting import Fit, match
from mekhala.pathway.directory.needs import Needs
from tests.builders import NOW


@pytest.fixture
def houses(db):
    match_cost.fill(400, random.Random(1))


def test_a_match_asks_the_database_four_things_however_many_services_there_are(houses):
    asked = Counter()

    def count(execute, sql, *rest):
        asked[sql.split()[0].upper()] += 1
        return execute(sql, *rest)

    with connection.execute_wrapper(count):
        found = queries.suitable("shelter", Needs(sex="male"), now=NOW, most=50)
    assert sum(asked.values()) == 4
    assert len([*found]) == 100
    assert found.more == 300


def test_few_of_those_that_are_judged_are_alive_at_once(houses):
    alive = []

    def offers():
        yield from queries.offers(now=NOW, need="shelter")
        gc.collect()
        alive.append(sum(type(each) is Fit for each in gc.get_objects()))

    match(Needs(sex="female", age=30), offers(), most=5)
    assert alive[0] <= 2 * 4 * 5 + 1


def test_reasons_are_put_in_words_when_they_are_read(houses):
    found = [*queries.suitable("shelter", Needs(sex="female", age=30), now=NOW, most=5)]
    assert not any("reasons" in vars(fit) for fit in found)
    assert all(fit.reasons for fit in found)

"""One small invented country, made once."""

from datetime import date
from itertools import islice

import pytest

from mekhala.sample.journeys import journeys
from mekhala.sample.people import people

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="session")
def country():
    return tuple(people(3000, seed=7))


@pytest.fixture(scope="session")
def ways(country):
    return tuple(islice(journeys(country, 7, today=TODAY), 3000))

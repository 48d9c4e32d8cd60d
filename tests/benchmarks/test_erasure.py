"""The quick form of TP-C3: one person, in rows and in what the key service opens."""

import random

import pytest

from benchmarks import erasure, erasure_planted
from mekhala.safeguards.retention import services
from tests.builders import NOW


@pytest.fixture
def planted(db):
    """Return the numbers of one person's files and the marks planted there."""
    numbers, marks = erasure_planted.plant(random.Random(1))
    assert erasure.in_the_database(marks, [numbers]) == marks
    return [numbers], marks


def test_after_erasure_no_mark_is_in_a_row_or_can_be_opened(planted):
    numbers, marks = planted
    services.erase_due(at=NOW)
    assert erasure.in_the_database(marks, numbers) == set()


def test_erasure_that_only_says_so_is_found_out(planted):
    numbers, marks = planted
    erasure._only_flag(numbers)
    assert erasure.in_the_database(marks, numbers) == marks

"""Taken back while it is acted on: nothing stands afterwards. The long form is ``race_consent``."""

import pytest
from django.db import connection

from benchmarks.race_consent import Race

WITHOUT_LOCK = "select tests.without_lock()"


@pytest.mark.django_db(transaction=True)
def test_no_request_and_no_grant_outlives_the_yes_it_rests_on():
    race = Race(seed=1)
    assert sum(race.run() for _ in range(50)) == 0
    assert race.errors == []


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_some_do():
    with connection.cursor() as cursor:
        cursor.execute(WITHOUT_LOCK)
    race = Race(seed=1)
    assert any(race.run() for _ in range(200))

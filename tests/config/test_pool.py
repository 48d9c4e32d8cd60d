"""What one request set on a connection is gone when the next one borrows it."""

import os
import random
from concurrent.futures import ThreadPoolExecutor

import pytest
from psycopg_pool import ConnectionPool

from mekhala.config.database import wipe
from mekhala.config.roles import APP

ACTOR = "select coalesce(current_setting('mekhala.officer', true), '')"


@pytest.fixture
def pool(db):
    from django.db import connection

    if os.environ.get("DATABASE_URL"):
        pytest.skip("the pool is tried on the embedded database")
    name = connection.settings_dict["NAME"]
    where = f"host={os.environ['MEKHALA_DB_SOCKET']} port=5432 user={APP} dbname={name}"
    with ConnectionPool(where, min_size=1, max_size=3, reset=wipe, open=True) as opened:
        yield opened


def test_even_a_setting_made_for_the_session_does_not_reach_a_stranger(pool):
    with pool.connection() as link:
        link.execute("select set_config('mekhala.officer', '7', false)")
        link.commit()
    for _ in range(5):
        with pool.connection() as link:
            assert link.execute(ACTOR).fetchone() == ("",)


def test_hundreds_of_mixed_requests_on_few_connections_leave_no_actor_behind(pool):
    def request(seed):
        chance = random.Random(seed)
        try:
            with pool.connection() as link:
                if chance.random() < 0.7:
                    officer = str(chance.randrange(1, 99))
                    link.execute("select set_config('mekhala.officer', %s, true)", [officer])
                if chance.random() < 0.3:
                    raise ZeroDivisionError
        except ZeroDivisionError:
            pass
        with pool.connection() as link:
            return link.execute(ACTOR).fetchone()[0]

    with ThreadPoolExecutor(8) as threads:
        assert set(threads.map(request, range(500))) == {""}

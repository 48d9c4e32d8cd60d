"""Statements asked often are planned once on a connection; those of models are not kept."""

from django.db import connection

from mekhala.safeguards import prepared
from mekhala.safeguards.agencies.models import Agency

KEPT = "select statement from pg_prepared_statements"


def _kept():
    with connection.cursor() as cursor:
        cursor.execute(KEPT)
        return [statement for (statement,) in cursor.fetchall()]


def test_a_statement_that_is_asked_often_is_read_and_planned_once(db):
    said = [prepared.execute("select %s::int + 51", [number]) for number in (1, 2, 3)]
    assert said == [[(52,)], [(53,)], [(54,)]]
    assert [one for one in _kept() if "+ 51" in one] == ["select $1::int + 51"]


def test_what_is_asked_through_models_is_kept_nowhere(db):
    before = _kept()
    for _ in range(10):
        Agency.objects.count()
    assert _kept() == before

"""Statements asked so often that the database keeps them planned.

Django's own cursors put values into the text, so that each statement is read and planned anew.
Here the text goes once for each connection and only values after that. For the few statements of
an intake; anything else is asked through models.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db import connection, models
from psycopg import Cursor


def execute(
    statement: str, values: Sequence[object], *, on: Any = connection
) -> list[tuple[Any, ...]]:
    """Run ``statement`` with ``values`` in the current transaction; return its rows.

    ``on`` is another connection of Django's. Raises its errors of the database, as cursors do.
    """
    on.ensure_connection()
    on.validate_no_broken_transaction()
    with on.wrap_database_errors, Cursor(on.connection) as cursor:
        cursor.execute(statement, values, prepare=True)
        _tell(statement, on)
        return cursor.fetchall() if cursor.description else []


def insert(row: models.Model) -> None:
    """Write a new row as its model would, sealed columns included, and give it its key.

    No signal is sent, and nothing the database fills in is read back but the key.
    """
    values = [f.get_db_prep_save(f.pre_save(row, True), connection) for f in _filled(type(row))]
    [(row.pk,)] = execute(_insertion(type(row)), values)
    row._state.adding, row._state.db = False, connection.alias


def _filled(model: type[models.Model]) -> list[Any]:
    return [field for field in model._meta.local_concrete_fields if not field.primary_key]


@cache
def _insertion(model: type[models.Model]) -> str:
    named = [connection.ops.quote_name(field.column) for field in _filled(model)]
    table, key = model._meta.db_table, model._meta.pk.column
    places = ", ".join(["%s"] * len(named))
    return f"insert into {table} ({', '.join(named)}) values ({places}) returning {key}"


def _tell(statement: str, on: Any) -> None:
    """Let whoever counts statements count these."""
    if on.queries_logged:
        on.queries_log.append({"sql": statement, "time": "0"})

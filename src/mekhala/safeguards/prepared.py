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

type Asked = tuple[str, Sequence[object]]  # a statement and its values


def execute(statement: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
    """Run ``statement`` with ``values`` in the current transaction; return its rows.

    Raises Django's errors of the database, as its cursors do.
    """
    connection.ensure_connection()
    connection.validate_no_broken_transaction()
    with connection.wrap_database_errors, Cursor(connection.connection) as cursor:
        return _rows(_sent(cursor, (statement, values)))


def execute_all(*asked: Asked) -> list[list[tuple[Any, ...]]]:
    """Run statements one after the other, in one journey to the database; return the rows of each.

    For those of which none waits for the answer to another. Each sees what those before it wrote
    and waited for, as if it were sent alone. Where one fails its error is raised, and those behind
    it are not run.
    """
    connection.ensure_connection()
    connection.validate_no_broken_transaction()
    link = connection.connection
    with connection.wrap_database_errors:
        with link.pipeline():
            sent = [_sent(Cursor(link), one) for one in asked]
        return [_rows(cursor) for cursor in sent]


def insertion(row: models.Model) -> Asked:
    """Return what inserts a new row as its model would, and returns its key.

    No signal is sent and no default of the database is read back.
    """
    fields = [field for field in row._meta.local_concrete_fields if not field.primary_key]
    values = [field.get_db_prep_save(field.pre_save(row, True), connection) for field in fields]
    return _insertion(type(row)), values


@cache
def _insertion(model: type[models.Model]) -> str:
    table, key = model._meta.db_table, model._meta.pk.column
    columns = [f.column for f in model._meta.local_concrete_fields if not f.primary_key]
    places = ", ".join(["%s"] * len(columns))
    return f"insert into {table} ({', '.join(columns)}) values ({places}) returning {key}"  # noqa: S608


def _sent(cursor: Cursor[Any], asked: Asked) -> Cursor[Any]:
    statement, values = asked
    cursor.execute(statement, values, prepare=True)
    _tell(statement)
    return cursor


def _rows(cursor: Cursor[Any]) -> list[tuple[Any, ...]]:
    return cursor.fetchall() if cursor.description else []


def _tell(statement: str) -> None:
    """Let whoever counts statements count these."""
    if connection.queries_logged:
        connection.queries_log.append({"sql": statement, "time": "0"})

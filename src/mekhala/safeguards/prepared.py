"""Statements asked so often that the database keeps them planned.

Django's own cursors put values into the text, so that each statement is read and planned anew.
Here the text goes once for each connection and only values after that. For the few statements of
an intake; anything else is asked through models.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connection
from psycopg import Cursor


def execute(statement: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
    """Run ``statement`` with ``values`` in the current transaction; return its rows.

    Raises Django's errors of the database, as its cursors do.
    """
    connection.ensure_connection()
    connection.validate_no_broken_transaction()
    with connection.wrap_database_errors, Cursor(connection.connection) as cursor:
        cursor.execute(statement, values, prepare=True)
        _tell(statement)
        return cursor.fetchall() if cursor.description else []


def _tell(statement: str) -> None:
    """Let whoever counts statements count these."""
    if connection.queries_logged:
        connection.queries_log.append({"sql": statement, "time": "0"})

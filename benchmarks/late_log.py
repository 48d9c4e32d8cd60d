"""The application with one guard taken out, for a mutant of ``kills``.

The log is not written in the transaction of the act but after it was committed, by a thread that
empties a queue: what many systems do so that nobody waits for a log.
"""

import queue
import threading
from typing import Any

from django.db import connection, transaction

from mekhala.config.wsgi import application
from mekhala.safeguards.audit import services

__all__ = ["application"]
_waiting: "queue.Queue[list[dict[str, Any]]]" = queue.Queue()
_append = services.append


def _later(rows: list[dict[str, Any]]) -> None:
    if rows:
        transaction.on_commit(lambda: _waiting.put(rows))


def _write() -> None:
    while True:
        rows = _waiting.get()
        _append(rows)
        connection.close()


services.append = _later
threading.Thread(target=_write, daemon=True).start()

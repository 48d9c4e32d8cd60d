"""Opening the database of this installation for a command, and closing it again."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mekhala.config.database import Servers

SETTINGS = "mekhala.config.settings.casework"


@contextmanager
def opened(*, as_owner: bool = False) -> Iterator["Servers"]:
    """Start or find database and key service, set Django up, migrate; stop what was started.

    ``as_owner``: speak as the owner of the tables (the invented country, erasure), not as the
    application.
    """
    from mekhala.config.database import ready_the_server

    server = None
    try:
        with _one_at_a_time():
            server = ready_the_server()
            set_up()
        if as_owner:
            _become("mekhala_owner")
        yield server
    finally:
        _close()
        if server:
            server.stop()


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Let one process after the other make roles, database and tables of this home."""
    from mekhala.config.home import home

    with (home() / "opening.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def set_up() -> None:
    """Set Django up once and bring the tables up to date where a migration waits."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0)


def _become(role: str) -> None:
    from mekhala.config.roles import become

    become(role)


def _close() -> None:
    from django.conf import settings

    if settings.configured:
        from django.db import connection

        connection.close()
        close_pool = getattr(connection, "close_pool", None)
        if close_pool and connection.settings_dict["OPTIONS"].get("pool"):
            close_pool()


def collect_static() -> None:
    """Copy styles, scripts and fonts to where they are served from, if they changed."""
    from django.conf import settings
    from django.core.management import call_command

    stamp = settings.STATIC_ROOT / ".stamp"
    want = _mark_of(settings.BUILT)
    if stamp.exists() and stamp.read_text() == want:
        return
    call_command("collectstatic", verbosity=0, interactive=False)
    stamp.write_text(want)


def _mark_of(folder: Path) -> str:
    """Return a mark that changes when a file in ``folder`` does."""
    found = sorted(p for p in folder.rglob("*") if p.is_file())
    return ";".join(f"{p.relative_to(folder)}:{p.stat().st_mtime_ns}" for p in found)

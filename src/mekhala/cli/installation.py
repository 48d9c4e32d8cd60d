"""Opening the database of this installation for a command, and closing it again."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

SETTINGS = "mekhala.config.settings.casework"


@contextmanager
def opened(*, as_owner: bool = False) -> Iterator[None]:
    """Start or find the database, set Django up and migrate if need be; stop what was started.

    ``as_owner``: speak as the owner of the tables (the invented country, erasure), not as the
    application.
    """
    from mekhala.config.database import ready_the_server

    server = ready_the_server()
    try:
        set_up()
        if as_owner:
            _become("mekhala_owner")
        yield
    finally:
        _close()
        if server:
            server.stop()


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
        if connection.settings_dict["OPTIONS"].get("pool"):
            connection.close_pool()

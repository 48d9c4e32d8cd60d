"""A database, a key service and a home of a proof's own, gone when the proof has ended."""

import json
import logging
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
NAMED = "MEKHALA_MIGRATED"  # a home whose database is migrated already; the tests name one
TESTS, CASEWORK = "mekhala.config.settings.test", "mekhala.config.settings.casework"


@contextmanager
def scratch(*, settings: str = TESTS, people: int = 0, **server: str) -> Iterator[Any]:
    """Start a database of its own, set Django up and migrate; yield what was started.

    ``people``: fill in so many of the invented country. ``server`` are settings of PostgreSQL.
    ``tests.give`` is there, as in the tests: the builders open files with it. A sign-in is whole,
    with the factor the role demands. Limits that would end a proof in the middle are wide here,
    and only here: files read by one officer, and what one and all officers open.
    """
    home = Path(tempfile.mkdtemp(prefix="mekhala-proof-"))
    (home / "static").mkdir()
    _let_all_open_much(home / "keys")
    os.environ |= {"MEKHALA_HOME": str(home), "DJANGO_SETTINGS_MODULE": settings}
    for name in ("DATABASE_URL", "MEKHALA_DB_SOCKET", "MEKHALA_KEYS_SOCKET"):
        os.environ.pop(name, None)
    sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
    from mekhala.config.database import ready_the_server

    if os.environ.get(NAMED):
        copied(Path(os.environ[NAMED]), home)
    started = ready_the_server(**server)
    try:
        _set_up(people)
        yield started
    finally:
        _leave()
        started.stop()
        shutil.rmtree(home, ignore_errors=True)


def copied(source: Path, home: Path) -> None:
    """Copy the database at rest of one home to another that has none."""
    from mekhala.config.embedded import EmbeddedServer

    there = EmbeddedServer(home).top
    there.parent.mkdir(mode=0o711, parents=True, exist_ok=True)
    subprocess.run(["cp", "-a", str(EmbeddedServer(source).top), str(there)], check=True)


def _let_all_open_much(keys: Path) -> None:
    keys.mkdir(mode=0o700)
    limits = {"per_hour": 10**6, "per_day": 10**6, "all_per_hour": 10**6,
              "all_index_per_day": 10**6, "link_per_day": 10**8, "all_take_per_day": 10**6,
              "all_blind_per_day": 10**8, "all_compare_per_day": 10**6}  # fmt: skip
    (keys / "limits.json").write_text(json.dumps(limits), encoding="utf-8")


def _set_up(people: int) -> None:
    import django
    from django.core.management import call_command
    from django.test.utils import setup_test_environment

    from mekhala.config import roles
    from tests.conftest import GIVE
    from tests.sessions import every_sign_in_is_whole

    django.setup()
    logging.getLogger("django.request").setLevel(logging.ERROR)  # thousands of 404 are meant
    setup_test_environment()  # the client's host, and the context of an answer
    every_sign_in_is_whole()
    call_command("migrate", verbosity=0)
    with admin() as link:
        link.execute(GIVE)
        link.execute("update reading_limit set per_hour = 1000000, per_day = 1000000")
    if people:
        from mekhala.cli.sample_command import fill

        roles.become(roles.OWNER)
        fill(people, 1)
        roles.become(roles.APP)


def _leave() -> None:
    from django.db import connection

    connection.close()
    if connection.settings_dict["OPTIONS"].get("pool"):
        connection.close_pool()


@contextmanager
def admin() -> Iterator[Any]:
    """Yield a connection as the server's superuser, to whom row security shows everything."""
    import psycopg

    from mekhala.config import roles
    from mekhala.config.embedded import PORT

    with psycopg.connect(
        host=os.environ["MEKHALA_DB_SOCKET"], port=PORT, user=roles.ADMIN, dbname="mekhala",
        autocommit=True,
    ) as link:  # fmt: skip
        yield link


def with_a_database(act: Callable[[], int]) -> int:
    """Run ``act`` on a fresh database, and take it away at the end."""
    with scratch():
        return act()

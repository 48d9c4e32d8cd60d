"""What the database says: as whom we work, whether pages are checked, whose clock is right."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from mekhala.config import roles
from mekhala.config.production.finding import Finding

LOGIN = """
select r.rolname, r.rolsuper, r.rolbypassrls, r.rolcreaterole,
  exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace
          where n.nspname = 'public' and c.relowner = r.oid),
  array(select o.rolname::text from pg_roles o where o.rolname = any(%s)
        and pg_has_role(r.oid, o.oid, 'member') and not r.rolsuper order by 1)
from pg_roles r where r.rolname = session_user
"""
FARTHEST = 30  # seconds between the clocks
IS_THERE = "select to_regclass('agencies_agency') is not null"  # before the first migration not
INVENTED = "select count(*) from agencies_agency where name like '%%(invented)'"


def findings(door: str) -> Iterator[Finding]:
    """Yield what is unsafe about the database as ``door`` reaches it."""
    if not os.environ.get("DATABASE_URL"):
        yield Finding(
            "DATABASE_URL", "the embedded database lets this account become its administrator",
            "run a PostgreSQL server, deploy/roles.sql on it, and name it in DATABASE_URL",
        )  # fmt: skip
    else:
        yield from _of_the_login(door)
    yield from _of_the_server()
    if door == "casework" and _ask(IS_THERE)[0] and _ask(INVENTED)[0]:
        yield Finding(
            "Invented country", "invented people stand among real ones",
            "begin with an empty database; mekhala sample belongs to demonstrations",
        )  # fmt: skip


def _of_the_login(door: str) -> Iterator[Finding]:
    """One login, one role: who may change role may take the owner's by injected SQL."""
    ours = [roles.OWNER, roles.APP, roles.PUBLIC, roles.BACKUP]
    name, superuser, bypasses, creates, owns, member_of = _ask(LOGIN, [ours])
    wanted, login = (
        (roles.APP, "mekhala_casework") if door == "casework" else (roles.PUBLIC, "mekhala_figures")
    )
    powers = [
        words
        for has, words in (
            (superuser, "is a superuser"), (bypasses, "passes row security by"),
            (creates, "may make roles"), (owns, "owns tables"),
            (not superuser and member_of != [wanted], f"is a member of {', '.join(member_of)}"),
        )
        if has
    ]  # fmt: skip
    if powers:
        yield Finding(
            "DATABASE_URL", f"the login {name} {', '.join(powers)}: row security would not hold",
            f"use {login} of deploy/roles.sql, a member of {wanted} and of nothing else",
        )  # fmt: skip


def _of_the_server() -> Iterator[Finding]:
    (checked,) = _ask("show data_checksums")
    if checked != "on":
        yield Finding(
            "Data checksums", "a page that the disk has spoilt would be served as it is",
            "stop the server and run pg_checksums --enable on its data folder",
        )  # fmt: skip
    (there,) = _ask("select clock_timestamp()")
    apart = abs((datetime.now(UTC) - there).total_seconds())
    if apart > FARTHEST:
        yield Finding(
            "Clock", f"this machine and the database are {apart:.0f} seconds apart: deadlines and "
            "the log would not agree", "have both set their clock by the same time server",
        )  # fmt: skip


def _ask(question: str, values: list[Any] | None = None) -> Any:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(question, values or [])
        return cursor.fetchone()

"""The ``DATABASES`` setting: a server named by ``DATABASE_URL``, else the embedded one."""

import os
from typing import Any
from urllib.parse import unquote, urlsplit

from mekhala.config import roles
from mekhala.config.embedded import PORT, EmbeddedServer
from mekhala.config.home import home

POOL = {"min_size": 1, "max_size": 6, "timeout": 10}


def wipe(connection: Any) -> None:
    """Leave nothing of one request to the next that borrows the connection."""
    connection.execute("discard all")
    connection.commit()


def database(role: str, *, pooled: bool = True) -> dict[str, Any]:
    """Return Django's settings for the one database, spoken to as ``role``."""
    url = os.environ.get("DATABASE_URL")
    settings = _from_url(url) if url else _embedded()
    settings |= {"ENGINE": "django.db.backends.postgresql", "ATOMIC_REQUESTS": False}
    settings["OPTIONS"] = {"pool": POOL | {"reset": wipe}} if pooled else {}
    if not pooled:
        settings["CONN_MAX_AGE"] = 0
    return roles.as_role(settings, role)


def _from_url(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql") or not parts.path.strip("/"):
        raise SystemExit(
            "DATABASE_URL: expected postgresql://user:password@host:port/name; "
            "correct it or unset it"
        )
    return {
        "NAME": parts.path.lstrip("/"), "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""), "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""), "LOGIN_IS_ROLE": False,
    }  # fmt: skip


def _embedded() -> dict[str, Any]:
    return {
        "NAME": "mekhala", "USER": "", "PASSWORD": "", "PORT": PORT, "LOGIN_IS_ROLE": True,
        "HOST": os.environ.get("MEKHALA_DB_SOCKET", ""),
    }  # fmt: skip


def ready_the_server(**extra: str) -> EmbeddedServer | None:
    """Start (or find) the database, make its roles and the database; return the server if embedded.

    Must be called before Django is set up: it puts the socket folder into the environment.
    """
    if os.environ.get("DATABASE_URL"):
        _make_roles_at(os.environ["DATABASE_URL"])
        return None
    server = EmbeddedServer(home(), extra=extra or None)
    os.environ["MEKHALA_DB_SOCKET"] = str(server.start())
    _make_roles_embedded()
    return server


def _make_roles_embedded() -> None:
    import psycopg

    with psycopg.connect(
        host=os.environ["MEKHALA_DB_SOCKET"], port=PORT, user=roles.ADMIN, dbname="postgres",
        autocommit=True,
    ) as link:  # fmt: skip
        link.execute(roles.MAKE_ROLES)
        if not link.execute("select 1 from pg_database where datname = 'mekhala'").fetchone():
            link.execute(f"create database mekhala owner {roles.OWNER} template template0")


def _make_roles_at(url: str) -> None:
    """Make the roles on a server, where the login may; say what to run where it may not."""
    import psycopg

    try:
        with psycopg.connect(url, autocommit=True) as link:
            known = link.execute(
                "select count(*) from pg_roles where rolname = any(%s)",
                [[roles.OWNER, roles.APP, roles.PUBLIC]],
            ).fetchone()
            if not known or known[0] < 3:
                link.execute(roles.MAKE_ROLES)
            name = urlsplit(url).path.lstrip("/")
            link.execute(psycopg.sql.SQL("grant create, connect on database {} to {}").format(
                psycopg.sql.Identifier(name), psycopg.sql.Identifier(roles.OWNER)))  # fmt: skip
            link.execute(f"grant create, usage on schema public to {roles.OWNER}")
    except psycopg.errors.InsufficientPrivilege:
        raise SystemExit(
            "DATABASE_URL: this login may not make the roles Mekhala needs; "
            "have an administrator run deploy/roles.sql first"
        ) from None
    except psycopg.OperationalError as error:
        reason = str(error).strip().splitlines()[-1]
        raise SystemExit(f"DATABASE_URL: the server does not answer: {reason}") from None

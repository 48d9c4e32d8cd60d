"""The ``DATABASES`` setting: a server named by ``DATABASE_URL``, else the embedded one."""

import os
from typing import Any

from mekhala.config import roles
from mekhala.config.embedded import PORT, EmbeddedServer
from mekhala.config.home import home
from mekhala.config.keyservice import KeyServiceProcess, ready_the_keys

POOL = {"min_size": 1, "max_size": 10, "timeout": 10}
# Django says None, and then psycopg keeps no plan even where it is asked to. So many times over
# no statement is asked: plans are kept for those of ``safeguards.prepared`` and no other.
KEEPS_PLANS_AFTER = 2**31


# What DISCARD ALL does, but for plans: they hold no value, and making them anew is dear.
WIPE = """
close all; set session authorization default; reset all; unlisten *;
select pg_advisory_unlock_all(); discard sequences; discard temp
"""


def wipe(connection: Any) -> None:
    """Leave nothing of one request to the next that borrows the connection."""
    connection.execute(WIPE)
    connection.commit()


def database(role: str, *, pooled: bool = True) -> dict[str, Any]:
    """Return Django's settings for the one database, spoken to as ``role``."""
    url = os.environ.get("DATABASE_URL")
    settings = _from_url(url) if url else _embedded()
    settings |= {"ENGINE": "django.db.backends.postgresql", "ATOMIC_REQUESTS": False}
    settings["OPTIONS"]["prepare_threshold"] = KEEPS_PLANS_AFTER
    settings["OPTIONS"] |= {"pool": POOL | {"reset": wipe}} if pooled else {}
    if not pooled:
        settings["CONN_MAX_AGE"] = 0
    return roles.as_role(settings, role)


def _from_url(url: str) -> dict[str, Any]:
    said = read_url(url)
    named = {
        key.upper(): said.pop(word, "")
        for key, word in (
            ("name", "dbname"), ("user", "user"), ("password", "password"), ("host", "host"),
            ("port", "port"), ("start_options", "options"),
        )
    }  # fmt: skip
    return named | {"OPTIONS": said, "LOGIN_IS_ROLE": False}


def read_url(url: str, *, name: str = "DATABASE_URL") -> dict[str, str]:
    """Return the parts of an address as libpq reads it, a socket as ``?host=/folder`` included.

    Leaves in one sentence where it is no address of a database; the sentence never repeats it,
    it may hold a password.
    """
    import psycopg
    from psycopg.conninfo import conninfo_to_dict

    try:
        said = {word: str(value) for word, value in conninfo_to_dict(url).items()}
    except psycopg.ProgrammingError:
        said = {}
    ports = said.get("port", "").replace(",", "")
    is_address = url.startswith(("postgres://", "postgresql://"))
    if not is_address or not said.get("dbname") or (ports and not ports.isdigit()):
        raise SystemExit(
            f"{name}: expected postgresql://user:password@host:port/name; correct it or unset it"
        )
    return {"connect_timeout": "10"} | said


def _embedded() -> dict[str, Any]:
    return {
        "NAME": "mekhala", "USER": "", "PASSWORD": "", "PORT": PORT, "LOGIN_IS_ROLE": True,
        "HOST": os.environ.get("MEKHALA_DB_SOCKET", ""), "OPTIONS": {},
    }  # fmt: skip


def link_as(role: str, settings: dict[str, Any]) -> Any:
    """Return a plain connection of psycopg to the database of ``settings``, as ``role``."""
    import psycopg

    said = roles.as_role(settings, role)
    more = {word: value for word, value in said.get("OPTIONS", {}).items() if word != "pool"}
    named = {
        word: said[key]
        for word, key in (
            ("dbname", "NAME"), ("user", "USER"), ("password", "PASSWORD"), ("host", "HOST"),
            ("port", "PORT"),
        )
        if said.get(key)
    }  # fmt: skip
    return psycopg.connect(**named, **more)


def backup_login() -> dict[str, str]:
    """Return where and as whom the database is dumped, as words of libpq.

    Leaves in one sentence where the database is on another server and no such login is named.
    """
    named = os.environ.get("MEKHALA_BACKUP_URL")
    if named:
        return read_url(named, name="MEKHALA_BACKUP_URL")
    if os.environ.get("DATABASE_URL"):
        raise SystemExit(
            "MEKHALA_BACKUP_URL: is not set; expected postgresql://mekhala_backup:…@host:port/name"
        )
    return embedded_login(roles.BACKUP)


def embedded_login(role: str) -> dict[str, str]:
    """Return how this account reaches the embedded database as ``role``, as words of libpq."""
    return {
        "host": os.environ["MEKHALA_DB_SOCKET"], "port": PORT, "user": role, "dbname": "mekhala",
    }  # fmt: skip


class Servers:
    """What ``ready_the_server`` found or started: the key service and the embedded database."""

    def __init__(self, *started: EmbeddedServer | KeyServiceProcess | None) -> None:
        """Hold what may be ours to stop."""
        self.started = [one for one in started if one]

    def tend(self) -> None:
        """Start a key service of ours anew where it has ended by itself."""
        for one in self.started:
            if isinstance(one, KeyServiceProcess):
                one.tend()

    def stop(self) -> None:
        """Stop what this process started, the database last."""
        for one in self.started:
            one.stop()


def ready_the_server(**extra: str) -> Servers:
    """Start (or find) the key service and the database, make its roles and the database.

    Must be called before Django is set up: it puts the socket folder into the environment.
    """
    keys = ready_the_keys(home())
    try:
        return Servers(keys, _ready_the_database(extra))
    except BaseException:
        Servers(keys).stop()
        raise


def _ready_the_database(extra: dict[str, str]) -> EmbeddedServer | None:
    """Start (or find) the database; return the server if it is the embedded one."""
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
        link.execute(roles.MAKE_BACKUP_ROLE)
        if not link.execute("select 1 from pg_database where datname = 'mekhala'").fetchone():
            link.execute(f"create database mekhala owner {roles.OWNER} template template0")


def _make_roles_at(url: str) -> None:
    """Make the roles on a server, where the login may; say what to run where it may not."""
    import psycopg

    try:
        with psycopg.connect(**read_url(url), autocommit=True) as link:  # type: ignore[arg-type]
            if not _has(link, roles.ALL_THERE):
                link.execute(roles.MAKE_ROLES)
                link.execute(roles.GIVE_TO_LOGIN)
            if not _has(link, roles.OWNER_MAY_MAKE_TABLES):
                link.execute(roles.LET_OWNER_MAKE_TABLES)
            if not _has(link, roles.LOGIN_MAY_WORK):
                raise psycopg.errors.InsufficientPrivilege
    except psycopg.errors.InsufficientPrivilege:
        raise SystemExit(
            "DATABASE_URL: this login may not make or take the roles Mekhala needs; "
            "have an administrator run deploy/roles.sql first"
        ) from None
    except psycopg.OperationalError as error:
        reason = str(error).strip().splitlines()[0]
        raise SystemExit(f"DATABASE_URL: the server does not answer: {reason}") from None


def _has(link: Any, question: str) -> bool:
    return bool(link.execute(question).fetchone()[0])

"""A backup back into an empty database, shut to everybody until it has been looked through.

In this order: the whole file is read and proven; the database is shut; the dump goes in, in one
transaction; rows and log are held against the manifest; tables are brought up to date; who was
erased since is erased again; only then the database opens. Whatever stops it leaves it shut.
"""

import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from mekhala.backup.dump import counts, log_head, program
from mekhala.backup.sealed_file import Manifest, NotFinished, SealedFile, Told
from mekhala.core.wrong_input import WrongInput

IS_EMPTY = """
select not exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema')
"""
IS_ADMIN = "select rolsuper from pg_roles where rolname = current_user"
# as PostgreSQL makes it: the dump says only what was changed since (15 and newer)
EMPTY_AGAIN = """
drop schema public cascade;
create schema public authorization pg_database_owner;
grant usage on schema public to public;
comment on schema public is 'standard public schema';
"""


def check_target(where: dict[str, str], *, replace: bool) -> None:
    """Refuse a login that may not, and a database that is not empty unless ``replace`` says so."""
    with _link(where) as link:
        if not link.execute(IS_ADMIN).fetchone()[0]:
            raise WrongInput("--database: this login is no administrator; expected one who is")
        if not replace and not link.execute(IS_EMPTY).fetchone()[0]:
            raise WrongInput(
                f"--database: {where.get('dbname', '')} is not empty; expected an empty one, "
                "or --replace-what-is-there"
            )


@contextmanager
def shut(where: dict[str, str]) -> Iterator[None]:
    """Shut the database to all but administrators; open it again only where the block ended well.

    Who is connected by now is sent away.
    """
    with _link(where) as link:
        link.execute(_limit(link, 0))
        link.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity"
            " where datname = current_database() and pid <> pg_backend_pid()"
        )
    yield
    with _link(where) as link:
        link.execute(_limit(link, -1))


def fill(sealed: SealedFile, where: dict[str, str], *, replace: bool, told: Told = max) -> None:
    """Put the dump into the database at ``where`` in one transaction. Raises ``NotFinished``."""
    with _link(where) as link:
        if replace:
            link.execute(EMPTY_AGAIN)
        major = link.info.server_version // 10_000
    words = ["--single-transaction", "--exit-on-error", "--no-password"]
    with (
        tempfile.TemporaryFile() as said,
        program("pg_restore", words, where, major, stdin=subprocess.PIPE, stderr=said,
                stdout=subprocess.DEVNULL) as made,
    ):  # fmt: skip
        assert made.stdin is not None
        stopped = _poured(sealed, made.stdin, told)
        if made.wait():
            said.seek(0)
            lines = said.read().decode(errors="replace").strip().splitlines()
            raise NotFinished(f"pg_restore: {lines[0] if lines else 'was stopped'}")
        if stopped:
            raise stopped


def _poured(sealed: SealedFile, into: Any, told: Told) -> WrongInput | None:
    """Give the data to ``into``; return why that ended early, where it did."""
    failure = None
    try:
        sealed.read(into.write, told=told)
    except WrongInput as error:
        failure = error
    except BrokenPipeError:
        pass  # who reads has ended; it says why
    with suppress(BrokenPipeError):
        into.close()
    return failure


def check_same(manifest: Manifest, where: dict[str, str]) -> None:
    """Hold rows and the head of the log against the manifest. Raises ``NotFinished``."""
    with _link(where) as link:
        there = counts(link)
        for table, rows in manifest["tables"].items():
            if there.get(table) != rows:
                raise NotFinished(f"{table}: {there.get(table)} rows came back of {rows}")
        if log_head(link) != manifest["log"]:
            raise NotFinished("the log does not end where it ended in the backup")


def check_log(manifest: Manifest, where: dict[str, str], witnesses: list[str], key: str) -> str:
    """Walk the restored log, held against what witnesses kept of it; return the verdict in words.

    Heads of more entries than the backup are left out: the log went on after it. Raises
    ``NotFinished`` where the log is not whole.
    """
    from mekhala.safeguards.audit import verifier

    most = manifest["log"]["entries"]
    try:
        kept = [verifier.heads_of(witness) for witness in witnesses]
    except verifier.Unreadable as error:
        raise WrongInput(str(error)) from None
    sources = [
        source._replace(heads=[h for h in source.heads if h["size"] <= most]) for source in kept
    ]
    with _link(where, autocommit=False) as link:
        verdict = verifier.verify(verifier.rows_of_database(link), sources, key=key)
    if not verdict.whole:
        raise NotFinished(verifier.told(verdict, pinned=bool(key)).rstrip("."))
    return verifier.told(verdict, pinned=bool(key))


def _limit(link: Any, most: int) -> Any:
    from psycopg import sql

    return sql.SQL("alter database {} connection limit {}").format(
        sql.Identifier(link.info.dbname), sql.Literal(most)
    )


def _link(where: dict[str, str], *, autocommit: bool = True) -> Any:
    import psycopg

    return psycopg.connect(**where, autocommit=autocommit)  # type: ignore[arg-type]

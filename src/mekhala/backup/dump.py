"""A consistent dump of the database, read through a login that can only read.

``pg_dump`` and the counts of the manifest see one snapshot: what is written meanwhile is in both
or in neither. The dump goes from its pipe into the sealed file and lies nowhere else.
"""

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import IO, Any

from mekhala.backup.sealed_file import Manifest, NotFinished
from mekhala.core.wrong_input import WrongInput

TABLES = """
select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
where n.nspname = 'public' and c.relkind = 'r' order by 1
"""
CAN_ONLY_READ = """
select rolbypassrls and not rolsuper and not exists (
  select from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = 'public' and c.relkind = 'r'
    and has_table_privilege(c.oid, 'insert, update, delete, truncate'))
from pg_roles where rolname = current_user
"""
SPACE = "select coalesce(sum(pg_table_size(oid)), 0) from pg_class where relkind = 'r'"
LOCKED_FOR = "60s"  # how long a migration may hold what is to be read


class Dump:
    """A dump on its way: ``read`` gives its bytes, ``manifest`` what was in it once it ended."""

    def __init__(self, process: subprocess.Popen[bytes], said: IO[bytes], facts: Manifest) -> None:
        """Read from ``process``; ``said`` is where its complaints go."""
        assert process.stdout is not None
        self.process, self.said, self.facts = process, said, facts
        self.read = process.stdout.read

    def manifest(self) -> Manifest:
        """Return what the snapshot held. Raises ``NotFinished`` where pg_dump failed."""
        if self.process.wait():
            self.said.seek(0)
            lines = self.said.read().decode(errors="replace").strip().splitlines()
            raise NotFinished(f"pg_dump: {lines[-1] if lines else 'was stopped'}")
        return self.facts


@contextmanager
def dumped(where: dict[str, str], *, version: str, at: datetime) -> Iterator[Dump]:
    """Give a dump of the database at ``where`` (words of libpq), with its manifest to come.

    Raises ``WrongInput`` where the login may do more than read, or not read everything.
    """
    import psycopg

    with psycopg.connect(**where) as link, tempfile.TemporaryFile() as said:  # type: ignore[arg-type]
        link.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        link.read_only = True
        check_can_only_read(link)
        facts = {"kind": "database", "version": version, "at": at.isoformat()} | _facts(link)
        (snapshot,) = link.execute("select pg_export_snapshot()").fetchone() or ("",)
        command = ["--format", "custom", "--compress", "1", "--snapshot", snapshot,
                   f"--lock-wait-timeout={LOCKED_FOR}", "--no-password"]  # fmt: skip
        major = link.info.server_version // 10_000
        with program("pg_dump", command, where, major, stdout=subprocess.PIPE, stderr=said) as made:
            yield Dump(made, said, facts)


def check_can_only_read(link: Any) -> None:
    """Refuse a login that may write, and one from which row security hides people."""
    if not link.execute(CAN_ONLY_READ).fetchone()[0]:
        raise WrongInput(
            "MEKHALA_BACKUP_URL: this login may write, or row security hides rows from it; "
            "expected one that only reads everything, as mekhala_backup of deploy/roles.sql"
        )


def counts(link: Any) -> dict[str, int]:
    """Return how many rows each table of the open transaction holds."""
    from psycopg import sql

    tables = [name for (name,) in link.execute(TABLES).fetchall()]
    ask = sql.SQL("select count(*) from {}")
    return {name: link.execute(ask.format(sql.Identifier(name))).fetchone()[0] for name in tables}


def log_head(link: Any) -> dict[str, Any]:
    """Return how many entries the log has, and the id and digest of the last."""
    (entries,) = link.execute("select count(*) from audit_entry").fetchone()
    last = link.execute("select id, digest from audit_entry order by id desc limit 1").fetchone()
    return {"entries": entries, "last": last[0] if last else 0, "head": last[1] if last else ""}


def _facts(link: Any) -> Manifest:
    (space,) = link.execute(SPACE).fetchone()
    return {"tables": counts(link), "log": log_head(link), "space": int(space)}


@contextmanager
def program(
    name: str, words: list[str], where: dict[str, str], major: int, **pipes: Any
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a program of PostgreSQL on the database at ``where``; it is ended with the block.

    Of the server's own version where there is one: a newer pg_restore says words that an older
    server does not know. The password goes by the environment, which other accounts cannot read.
    """
    from psycopg.conninfo import make_conninfo

    from mekhala.config import binaries

    try:
        folder, _found = binaries.find(major)
    except binaries.NoPostgres:
        folder, _found = binaries.find()
    open_words = {word: value for word, value in where.items() if word != "password"}
    surroundings = {
        "PATH": "/usr/bin:/bin",
        "LC_ALL": "C.UTF-8",
        "HOME": os.environ.get("HOME", "/"),
    }
    if "password" in where:
        surroundings["PGPASSWORD"] = where["password"]
    command = [str(folder / name), *words, "--dbname", make_conninfo(**open_words)]  # type: ignore[arg-type]
    process = subprocess.Popen(command, env=surroundings, cwd="/", **pipes)
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe:
                pipe.close()

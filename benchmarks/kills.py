"""kill -9 of the server and of the database while eight programs write (TP-R1).

The application is served as ``./run serve`` serves it, on an embedded database with its usual
settings. Eight programs open cases and record consents over HTTP, each consent with a mark of the
program's own. At random moments a worker, the whole server, the database with all that belongs to
it, or everything is killed; then what was killed is started again. After each, and at the end:

- every write that was acknowledged is there;
- every case, consent and grant has its entry in the log, and every entry its row;
- the whole log is verified, and writing goes on within ten seconds.

    python -m benchmarks.kills --tries 100 --seed 1
    python -m benchmarks.kills --mutants

The children of the database are listed before it is killed: they are nobody's children after.
Processes are killed, not power: whether the disk keeps what it was given is not tried here.
"""

import contextlib
import multiprocessing
import os
import random
import signal
import socket
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from datetime import UTC
from pathlib import Path
from typing import Any

from benchmarks import rows
from benchmarks.kill_writers import WRITERS
from benchmarks.scratch import CASEWORK, ROOT, admin, scratch

PROOF, OFFICERS, PATIENCE, SECONDS = "TP-R1", 80, 60.0, 10.0
APPLICATION, LATE_LOG = "mekhala.config.wsgi:application", "benchmarks.late_log:application"
KINDS = ("everything", "worker", "server", "database")


def main(argv: list[str] | None = None) -> int:
    """Kill on a database of its own, or show that each mutant goes red."""
    given = rows.options(argv, says=__doc__, full=100, quick=3)
    if given.mutants:
        return mutants(given.seed)
    with site() as one:
        found = killed(one, given.tries, given.seed)
    worst = rows.tell(
        PROOF, target=f"{given.tries} kills: 0 lost, 0 without a log row or act",
        measured=found.in_words(), passed=found.is_good, seed=given.seed,
    )  # fmt: skip
    return worst | rows.tell(
        f"{PROOF}-BACK", target=f"each answered again within {SECONDS:.0f} s", seed=given.seed,
        measured=found.return_in_words(), passed=max(found.returns) < SECONDS,
    )  # fmt: skip


class Site:
    """The application as it is served: the database, and gunicorn with its workers."""

    def __init__(self, database: Any, application: str) -> None:
        """Serve ``application`` on a free port; ``database`` is the embedded server."""
        self.database, self.application = database, application
        with socket.socket() as tried:
            tried.bind(("127.0.0.1", 0))
            self.port = str(tried.getsockname()[1])
        self.web: subprocess.Popen[bytes] | None = None

    def open(self) -> None:
        """Start the server, as ``./run serve`` does."""
        from mekhala.cli.serving import _gunicorn, _started

        os.environ["MEKHALA_DB_SOCKET"] = str(self.database.socket)
        os.environ["PYTHONPATH"] = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
        command = [w.replace(APPLICATION, self.application) for w in _gunicorn(self.port, "2")]
        self.web = _started(command, "casework")

    def kill(self, kind: str, chance: random.Random) -> None:
        """Kill by SIGKILL, and reap what is ours: a zombie would look alive to a restart."""
        assert self.web is not None
        workers = children_of(self.web.pid)
        if kind == "worker":
            _kill([chance.choice(workers)] if workers else [])
            return
        doomed = []
        if kind != "server":
            postmaster = self.database.process.pid
            doomed += [postmaster, *children_of(postmaster)]
        if kind != "database":
            doomed += [self.web.pid, *workers]
        _kill(doomed)

    def restart(self, kind: str) -> None:
        """Start again what was killed; the server too when its database has moved."""
        if kind == "worker":
            return  # its master starts another
        assert self.web is not None
        if kind != "server":
            self.database.process.wait(10)
            self.database.start()
        _kill([self.web.pid, *children_of(self.web.pid)])
        self.web.wait(10)
        self.open()

    def close(self) -> None:
        """Stop the server."""
        if self.web is not None and self.web.poll() is None:
            _kill([self.web.pid, *children_of(self.web.pid)])
            self.web.wait(10)


def children_of(parent: int) -> list[int]:
    """Return the processes whose parent this is, now."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError, IndexError):
            if int(stat.read_text().rpartition(")")[2].split()[1]) == parent:
                found.append(int(stat.parent.name))
    return found


def _kill(processes: list[int]) -> None:
    for process in processes:
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)


@contextmanager
def site(application: str = APPLICATION, **server: str) -> Iterator[Site]:
    """Serve the application on a database of its own, with officers who hold tokens."""
    from mekhala.config.embedded import EmbeddedServer

    with scratch(settings=CASEWORK, **server) as started:
        database = next(s for s in started.started if isinstance(s, EmbeddedServer))
        _tokens(Path(os.environ["MEKHALA_HOME"]) / "tokens")
        one = Site(database, application)
        one.open()
        try:
            yield one
        finally:
            one.close()


def _tokens(path: Path) -> None:
    """Make officers with a token each, and the agency that consents are about."""
    from django.db import connection
    from django.utils import timezone

    from mekhala.safeguards.agencies.models import AgencyKind
    from tests.builders import agency, officer
    from tests.builders_agreements import new_token

    agency(AgencyKind.PROVIDER, code="here")
    home, now = agency(), timezone.now()
    made = [new_token(officer(at=home), "w", at=now) for _ in range(OFFICERS)]
    path.write_text("\n".join(made), encoding="ascii")
    connection.close()
    connection.close_pool()  # its connections would outlive the database


class Found:
    """What was acknowledged, what stands, and what is wrong with it."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.kills = Counter[str]()
        self.wrong = Counter[str]()
        self.returns: list[float] = []  # seconds until an answer, after each kill
        self.acknowledged = self.entries = self.unknown = 0
        self.refused: list[str] = []

    @property
    def is_good(self) -> bool:
        """Whether nothing was lost, every act has its row, and writing went on."""
        return not self.wrong and not self.refused

    def in_words(self) -> str:
        """Say it in one line."""
        wrong = ", ".join(f"{n} {what}" for what, n in sorted(self.wrong.items()))
        kinds = ", ".join(f"{kind} {n}" for kind, n in sorted(self.kills.items()))
        refused = f"; refused: {self.refused[0]}" if self.refused else ""
        return (
            f"{wrong or '0 lost, 0 without a row either way'} of {self.acknowledged:,} acknowledged"
            f" ({self.unknown} more were kept and not acknowledged); log whole, {self.entries:,}"
            f" entries ({kinds}){refused}"
        )

    def return_in_words(self) -> str:
        """Say how long it took to answer again, and how busy the machine was."""
        busy = os.getloadavg()[1] / (os.cpu_count() or 1)
        return (
            f"median {statistics.median(self.returns):.1f} s, slowest {max(self.returns):.1f} s;"
            f" {busy:.1f} programs waited for each core in the last five minutes"
        )


def killed(
    one: Site, times: int, seed: int, *, kinds: tuple[str, ...] = KINDS, until_wrong: bool = False
) -> Found:
    """Kill ``times`` times under the writers; return what was found."""
    chance, found = random.Random(seed), Found()
    home = Path(os.environ["MEKHALA_HOME"])
    command = [sys.executable, "-m", "benchmarks.kill_writers", one.port]
    with _running([*command, str(home / "tokens"), str(home / "answers")]):
        _wait_for_answers(home, 0)
        for turn in range(times):
            kind = kinds[turn % len(kinds)] if turn < len(kinds) else chance.choice(kinds)
            time.sleep(chance.uniform(0.1, 1.0))
            one.kill(kind, chance)
            found.kills[kind] += 1
            before = len(_answers(home))
            began = time.monotonic()
            one.restart(kind)
            _wait_for_answers(home, before)
            found.returns.append(time.monotonic() - began)
            print(f"{kind}: {found.returns[-1]:.1f} s", file=sys.stderr)
            _check_nothing_lost(home, found)
            if until_wrong and (found.wrong or _unlike(found)):
                break
    _check_all(home, found)
    return found


@contextmanager
def _running(command: list[str]) -> Iterator[None]:
    with subprocess.Popen(command, cwd=ROOT) as writers:
        try:
            yield
        finally:
            writers.terminate()
            writers.wait(10)


def _answers(home: Path) -> list[str]:
    """Return what the writers noted as acknowledged."""
    lines = [
        line
        for place in range(WRITERS)
        for line in (home / f"answers.{place}").read_text(encoding="ascii").splitlines()
        if (home / f"answers.{place}").exists()
    ]
    return [line for line in lines if line.startswith(("case ", "consent "))]


def _wait_for_answers(home: Path, before: int) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with contextlib.suppress(OSError):
            if len(_answers(home)) > before + WRITERS:
                return
        time.sleep(0.02)
    raise SystemExit(f"kills: nothing was written for {PATIENCE:.0f} s; see {home}")


ROWS = {
    "case": ("select number from encounter_case", "encounter.case_opened"),
    "consent": ("select case_number from consent_consent", "consent.given"),
    "grant": ("select file_number from access_grant", "access.opened"),
}
ENTRIES = "select subject from audit_entry where act = %s"


def _check_nothing_lost(home: Path, found: Found) -> None:
    """Hold what was acknowledged against what stands."""
    said = _answers(home)  # first what was said, then what stands: nothing can be said between
    with admin() as link:
        cases = {number for (number,) in link.execute("select number from encounter_case")}
        marks = {
            f"{number} {until.astimezone(UTC).isoformat()}"
            for number, until in link.execute("select case_number, until from consent_consent")
        }
    lost = [w for w in said if w.startswith("case ") and w[5:] not in cases]
    lost += [w for w in said if w.startswith("consent ") and w[8:] not in marks]
    found.wrong["acknowledged writes lost"] = len(lost)
    found.acknowledged, found.unknown = len(said), len(cases) + len(marks) - len(said)
    found.wrong = +found.wrong


def _unlike(found: Found) -> bool:
    """Return whether a row or an entry stands alone, told under ``found.wrong``."""
    with admin() as link:
        for kind, (statement, act) in ROWS.items():
            with link.transaction():  # one moment for both questions
                link.execute("set transaction isolation level repeatable read")
                kept = Counter(n for (n,) in link.execute(statement))
                noted = Counter(n for (n,) in link.execute(ENTRIES, [act]))
            found.wrong[f"{kind}s without an entry"] = (kept - noted).total()
            found.wrong[f"entries without a {kind}"] = (noted - kept).total()
    found.wrong = +found.wrong
    return bool(found.wrong)


def _check_all(home: Path, found: Found) -> None:
    """Hold everything against everything once the writers have ended."""
    from mekhala.safeguards.audit import verifier

    _check_nothing_lost(home, found)
    _unlike(found)
    with admin() as link, link.transaction():
        verdict = verifier.verify(verifier.rows_of_database(link), [])
        found.wrong["broken log"] += not verdict.whole
        found.entries = link.execute("select count(*) from audit_entry").fetchone()[0]
    found.wrong = +found.wrong
    for place in range(WRITERS):
        lines = (home / f"answers.{place}").read_text(encoding="ascii").splitlines()
        found.refused += [line for line in lines if line.startswith("refused")]


def mutants(seed: int) -> int:
    """Try each mutant in a process of its own: a process sets Django up for one database."""
    alone = multiprocessing.get_context("spawn")
    worst = 0
    for name in MUTANTS:
        with ProcessPoolExecutor(1, mp_context=alone) as process:
            worst |= process.submit(_mutant, name, seed).result()
    return worst


def _mutant(name: str, seed: int) -> int:
    """Kill until something is wrong, twelve times at most."""
    application, server = MUTANTS[name]
    with site(application, **server) as one:
        found = killed(one, 12, seed, kinds=("everything",), until_wrong=True)
    print(f"{name}: {found.in_words()}", file=sys.stderr)
    return rows.tell_mutant(PROOF, name, red=bool(found.wrong))


MUTANTS: dict[str, tuple[str, dict[str, str]]] = {
    "the log is written after the commit": (LATE_LOG, {}),
    "a commit is acknowledged before it is kept": (APPLICATION, {"synchronous_commit": "off"}),
}

if __name__ == "__main__":
    sys.exit(main())

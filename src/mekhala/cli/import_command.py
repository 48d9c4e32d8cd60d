"""``mekhala import SOURCE FILE``: an agency's records into the register of lists, without names."""

import argparse
import os
import sys
from typing import TYPE_CHECKING, Any

from mekhala.cli.answers import print_json, read_text
from mekhala.core.wrong_input import WrongInput

if TYPE_CHECKING:
    from mekhala.population.linkage.models import AgencyList

SUMMARY = "Bring an agency's records into the register; names become keyed tokens on the way."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the list, its file and the officer who acts."""
    parser.add_argument("source", metavar="SOURCE", help="the list's name, as in its column source")
    parser.add_argument(
        "file", metavar="FILE", help="CSV of the agency's records; - reads standard input"
    )
    parser.add_argument(
        "--as", dest="officer", metavar="USERNAME", help="the statistician who acts"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def run(args: argparse.Namespace) -> int:
    """Take the list as the named officer and say what was taken."""
    if not args.officer:
        raise WrongInput("--as: names no officer; expected the user name of a statistician")
    text = read_text(args.file)
    name = "standard input" if args.file == "-" else args.file
    answer = _in_the_database(text, name, args.source, args.officer)
    if args.json:
        print_json(answer)
    else:
        print(
            f"{answer['source']}: {answer['records']} records taken, "
            f"{answer['without_key']} without a key; no name was kept."
        )
    return 0


def _in_the_database(text: str, name: str, source: str, username: str) -> dict[str, Any]:
    """Start or find the database, take the list, stop what was started."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mekhala.config.settings.casework")
    from mekhala.config.database import ready_the_server

    server = ready_the_server()
    try:
        import django

        django.setup()
        return _told(_taken(text, name, source, username))
    finally:
        _let_go()
        server.stop()


def _taken(text: str, name: str, source: str, username: str) -> "AgencyList":
    from django.utils import timezone

    from mekhala.population.linkage import services
    from mekhala.safeguards.access.acting import acting_for
    from mekhala.safeguards.access.errors import ActRefused
    from mekhala.safeguards.access.models import Officer

    _check_migrated()
    officer = Officer.objects.select_related("agency").filter(username=username, is_active=True)
    by = officer.first()
    if by is None:
        raise WrongInput(
            f"--as: no active officer {username!r}; expected a statistician's user name"
        )
    try:
        with acting_for(by.pk):
            return services.take_list(text, name, source, by=by, at=timezone.now())
    except ActRefused as refusal:
        raise WrongInput(f"{name}: {refusal}") from None


def _check_migrated() -> None:
    from django.db import connection

    if "linkage_listentry" not in connection.introspection.table_names():
        print("mekhala import: the database has no tables; run manage.py migrate", file=sys.stderr)
        raise SystemExit(1)


def _told(taken: "AgencyList") -> dict[str, Any]:
    return {
        "id": taken.pk, "source": taken.source, "records": taken.records,
        "without_key": taken.without_key, "imported_at": taken.imported_at.isoformat(),
    }  # fmt: skip


def _let_go() -> None:
    """Close connections and pool, so that the server can stop."""
    from django.apps import apps

    if apps.ready:
        from django.db import connection

        connection.close()
        if connection.settings_dict["OPTIONS"].get("pool"):
            connection.close_pool()  # type: ignore[attr-defined]

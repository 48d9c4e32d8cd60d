"""``mekhala sample``: fill a database with the invented country, or write its registers."""

import argparse
import time
from pathlib import Path

from mekhala.cli.answers import print_json, print_table
from mekhala.cli.installation import opened
from mekhala.cli.progress import Progress
from mekhala.core.wrong_input import WrongInput

SUMMARY = (
    "Fill a database with the invented country: people, agencies, cases, proceedings; or, with "
    "--registers, write the lists of its agencies and who each record truly is."
)

MOST = 1_000_000  # invented people; they are made in memory
MOST_LISTED = 10_000_000  # people behind registers, which are written one record at a time


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the size and the seed."""
    parser.add_argument("--people", type=int, default=2000, help="invented people (2000)")
    parser.add_argument("--seed", type=int, default=1, help="the same seed, the same country")
    parser.add_argument(
        "--registers", type=Path, metavar="DIR",
        help="no database: write records.csv and, apart, truth.csv into a new folder",
    )  # fmt: skip
    parser.add_argument(
        "--names", type=Path, metavar="FILE",
        help="more names for the registers (CSV: locale, part, sex, native, roman)",
    )  # fmt: skip
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def run(args: argparse.Namespace) -> int:
    """Write the country and say what was written."""
    most = MOST_LISTED if args.registers else MOST
    if not 1 <= args.people <= most:
        raise WrongInput(f"--people: {args.people} is out of reach; expected 1 to {most:,}")
    if not 0 <= args.seed < 2**31:
        raise WrongInput(f"--seed: {args.seed} is no seed; expected 0 to {2**31 - 1}")
    if args.names and not args.registers:
        raise WrongInput("--names: is for registers alone; expected --registers DIR beside it")
    if args.registers:
        answer = _written(args)
    else:
        with opened(as_owner=True):
            answer = fill(args.people, args.seed)
    if args.json:
        print_json(answer)
    else:
        print_table(["what", "how many"], [[k, v] for k, v in answer.items()])
    return 0


def _written(args: argparse.Namespace) -> dict[str, object]:
    from mekhala.sample.registers.files import write

    began = time.monotonic()
    with Progress("people") as progress:
        counts = write(args.registers, args.people, args.seed, names=args.names, told=progress)
    return {"seed": args.seed, **counts, "seconds": round(time.monotonic() - began, 1)}


def fill(count: int, seed: int) -> dict[str, object]:
    """Load ``count`` people into the database that is open; refuse one that has cases already."""
    from django.utils import timezone

    from mekhala.sample.loading import load

    _refuse_a_full_database()
    began, now = time.monotonic(), timezone.now()
    with Progress("people") as progress:
        written = load(count, seed, now=now, told=progress)
    return {"seed": seed, **written, "seconds": round(time.monotonic() - began, 1)}


def _refuse_a_full_database() -> None:
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select set_config('mekhala.maintenance', 'on', true)")
        cursor.execute("select exists (select 1 from encounter_case)")
        if cursor.fetchone()[0]:
            raise WrongInput(
                "sample: this database already holds cases; use an empty one "
                "(another MEKHALA_HOME or DATABASE_URL)"
            )

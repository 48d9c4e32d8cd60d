"""``mekhala import SOURCE FILE``: an agency's file into the lists, sealed row by row."""

import argparse
import os
import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mekhala.cli.answers import peak_mb, print_json, read_text
from mekhala.cli.progress import Progress
from mekhala.core.wrong_input import WrongInput

if TYPE_CHECKING:
    from mekhala.core.matching.taking.files import Given
    from mekhala.population.linkage.models import AgencyList
    from mekhala.safeguards.access.models import Officer

SUMMARY = "Bring an agency's file into the lists: each row taken and sealed, or kept apart"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the list, its file, how it is read, what is said of it, and the officer who acts."""
    parser.add_argument("source", metavar="SOURCE", help="the list's name in overlap tables")
    parser.add_argument("file", metavar="FILE", help="CSV or .xlsx; - reads standard input")
    parser.add_argument(
        "--as", dest="officer", metavar="USERNAME", help="the statistician who acts"
    )
    parser.add_argument(
        "--mapping", metavar="NAME|FILE.toml", help="how columns are read; else the one kept for it"
    )
    parser.add_argument(
        "--propose", action="store_true", help="print a mapping for the file's header; take nothing"
    )
    parser.add_argument("--from", dest="first", metavar="DAY", help="the period's first day")
    parser.add_argument("--until", dest="last", metavar="DAY", help="the period's last day")
    parser.add_argument("--stage", help="identified, reported, charged, convicted or none")
    parser.add_argument(
        "--distinct", action="store_true", default=None, help="the list holds each person once"
    )
    parser.add_argument("--apart", type=Path, metavar="OUT.csv", help="write the rows kept apart")
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--tokens", action="store_true", help="FILE was made by mekhala encode")
    how.add_argument(
        "--pairs", action="store_true",
        help="FILE is pair_numbers.csv of mekhala link --numbers-of, compared at the agency",
    )  # fmt: skip
    how.add_argument(
        "--without-names", action="store_true", help="keep keyed tokens only, whole file or nothing"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def run(args: argparse.Namespace) -> int:
    """Take the file as the named officer and say what was taken and what was not."""
    from mekhala.cli.import_files import check_table, given_file

    given = given_file(args.file)
    if args.propose:
        return _propose(given)
    if not args.officer:
        raise WrongInput("--as: names no officer; expected the user name of a statistician")
    _check_options(args)
    if not (args.tokens or args.pairs):
        check_table(given)
    began = time.perf_counter()
    answer = _in_the_database(given, args)
    answer |= {
        "seconds": round(time.perf_counter() - began, 2),
        "peak_mb": peak_mb(),
    }
    if args.json:
        print_json(answer)
    else:
        print(_in_words(answer))
    return 0


def _propose(given: "Given") -> int:
    from mekhala.core.matching.taking.proposing import left_out, proposed

    mapping = proposed(given)
    for head in left_out(given, mapping):
        print(f"# not read: {head!r}")
    print(mapping.text, end="")
    return 0


def _check_options(args: argparse.Namespace) -> None:
    from mekhala.core.matching.mapping import STAGES

    if args.stage is not None and args.stage not in STAGES:
        raise WrongInput(f"--stage: {args.stage!r} is none of {', '.join(STAGES)}")
    if args.apart and args.apart.exists():
        raise WrongInput(f"{args.apart}: is there already; expected the name of a new file")


def _in_the_database(given: "Given", args: argparse.Namespace) -> dict[str, Any]:
    """Start or find the database, take the file, stop what was started."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mekhala.config.settings.casework")
    from mekhala.config.database import ready_the_server

    server = ready_the_server()
    try:
        import django

        django.setup()
        _check_migrated()
        return _taken(given, args)
    finally:
        _let_go()
        server.stop()


def _taken(given: "Given", args: argparse.Namespace) -> dict[str, Any]:
    from mekhala.safeguards.access.errors import ActRefused
    from mekhala.safeguards.access.models import Officer

    found = Officer.objects.select_related("agency").filter(username=args.officer, is_active=True)
    by = found.first()
    if by is None:
        raise WrongInput(
            f"--as: no active officer {args.officer!r}; expected a statistician's user name"
        )
    try:
        taken = _take(given, args, by)
    except ActRefused as refusal:
        raise WrongInput(f"{given.name}: {refusal}") from None
    if args.apart:
        _write_apart(taken, args.apart)
    return _told(taken) | {"went_on_from": getattr(args, "went_on_from", 0)}


def _take(given: "Given", args: argparse.Namespace, by: "Officer") -> "AgencyList":
    from django.utils import timezone

    from mekhala.cli.import_files import chosen_mapping, day, usual_mapping
    from mekhala.core.matching.taking.files import found_table, survey
    from mekhala.population.linkage import importing, policies, queries, services
    from mekhala.safeguards.access.acting import acting_for

    policies.check_may_count(by)
    said = importing.Said(
        period_from=day(args.first, "--from"), period_until=day(args.last, "--until"),
        stage=args.stage, is_distinct=args.distinct,
    )  # fmt: skip
    if args.without_names:
        with acting_for(by.pk):
            return services.take_list(
                read_text(args.file), given.name, args.source, by=by, at=timezone.now()
            )
    if args.tokens:
        return _take_tokens(given, args.source, said, by)
    if args.pairs:
        return _take_pairs(given, args.source, said, by)
    kept = queries.mapping_kept(args.source)
    mapping = chosen_mapping(args.mapping) if args.mapping else usual_mapping(args.source, kept)
    surveyed = survey(found_table(given, mapping))
    begins: list[int] = []
    with Progress("import") as progress:

        def told(done: int, rows: int) -> None:
            begins.append(done)
            progress(done, rows)

        taken = importing.take_file(
            surveyed, args.source, said, by=by, clock=timezone.now, told=told
        )
    args.went_on_from = begins[0]
    return taken


def _take_tokens(given: "Given", source: str, said: Any, by: "Officer") -> "AgencyList":
    from django.utils import timezone

    from mekhala.core.matching.encoding.token_rows import token_records
    from mekhala.core.matching.taking.files import digest_of
    from mekhala.population.linkage import importing

    with given.open() as file:  # once to see that every row is whole, before one is kept
        _made_by, rows = token_records(file, given.name, source)
        for _row in rows:
            pass
    with given.open() as file:
        made_by, rows = token_records(file, given.name, source)
        return importing.take_tokens(
            rows, digest_of(given), made_by, source, said, by=by, clock=timezone.now
        )


def _take_pairs(given: "Given", source: str, said: Any, by: "Officer") -> "AgencyList":
    from django.utils import timezone

    from mekhala.core.matching.encoding.pair_numbers import pair_records
    from mekhala.core.matching.taking.files import digest_of
    from mekhala.population.linkage import importing

    with given.open() as file:
        said_over, rows = pair_records(file, given.name, source)
    return importing.take_pairs(
        rows, digest_of(given), said_over, source, said, by=by, clock=timezone.now
    )


def _write_apart(taken: "AgencyList", path: Path) -> None:
    from mekhala.population.linkage import queries

    try:
        path.write_text(queries.apart_csv(taken), encoding="utf-8", newline="")
    except OSError as error:
        raise WrongInput(f"{path}: {error.strerror}; expected a place to write to") from None


def _check_migrated() -> None:
    from django.db import connection

    if "linkage_listrecord" not in connection.introspection.table_names():
        print("mekhala import: the database has no tables; run manage.py migrate", file=sys.stderr)
        raise SystemExit(1)


def _told(taken: "AgencyList") -> dict[str, Any]:
    reasons = Counter(taken.apart.values_list("reason", flat=True))
    return {
        "id": taken.pk, "source": taken.source, "kept": taken.kept, "rows": taken.rows_read,
        "records": taken.records, "kept_apart": taken.rows_apart, "reasons": dict(reasons),
        "unread": taken.unread, "without_key": taken.without_key,
        "imported_at": taken.imported_at.isoformat(),
    }  # fmt: skip


def _in_words(answer: dict[str, Any]) -> str:
    if answer["kept"] == "tokens":
        return (
            f"{answer['source']}: {answer['records']} records taken, "
            f"{answer['without_key']} without a key; no name was kept."
        )
    from mekhala.core.matching.taking.judging import REASONS, UNREAD, WHAT_TO_DO

    lines = [
        f"{answer['source']}: {answer['rows']} rows: {answer['records']} records taken and sealed, "
        f"{answer['kept_apart']} kept apart. List {answer['id']}, {answer['seconds']} seconds, "
        f"{answer['peak_mb']} MB at most."
    ]
    if answer["went_on_from"]:
        lines.append(f"  went on after {answer['went_on_from']} rows taken before")
    lines += [
        f"  kept apart, {count}: {REASONS[why]}: {WHAT_TO_DO[why]}"
        for why, count in answer["reasons"].items()
    ]
    for column, whys in answer["unread"].items():
        lines += [
            f"  {column}, {count}: {UNREAD[why]}: {WHAT_TO_DO[why]}" for why, count in whys.items()
        ]
    return "\n".join(lines)


def _let_go() -> None:
    """Close connections and pool, so that the server can stop."""
    from django.apps import apps

    if apps.ready:
        from django.db import connection

        connection.close()
        if connection.settings_dict["OPTIONS"].get("pool"):
            connection.close_pool()  # type: ignore[attr-defined]

"""``mekhala link``: who is on several lists, from token files alone; no name is ever seen."""

import argparse
import json
import resource
import shutil
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mekhala.cli.answers import print_json, read_text
from mekhala.cli.progress import Progress
from mekhala.core.wrong_input import WrongInput

if TYPE_CHECKING:
    from mekhala.core.matching.encoding.linking import Linked
    from mekhala.core.matching.encoding.token_file import TokenFile
    from mekhala.core.matching.encoding.vectors import Tokens

SUMMARY = "Who is on several lists, from the tokens that mekhala encode made; no name is seen"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the files, where to write, and from which probability on records are joined."""
    parser.add_argument("tokens", nargs="+", metavar="TOKENS.csv", help="made by mekhala encode")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="a new folder")
    parser.add_argument("--threshold", type=float, default=0.95, help="joined from here on")
    parser.add_argument("--review-from", type=float, default=0.5, help="told from here on")
    parser.add_argument(
        "--distinct", default="", metavar="SOURCE,…", help="lists that hold each person once"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def run(args: argparse.Namespace) -> int:
    """Link the files, write the folder, say what was found."""
    began = time.perf_counter()
    _check(args)
    tokens, made_by = _tokens(args.tokens)
    linked = _linked(tokens, args)
    summary = _summary(tokens, linked, time.perf_counter() - began)
    _write(args.out, _files(tokens, linked, {"tokens": made_by}, summary))
    if args.json:
        print_json(summary)
    else:
        print(
            f"{args.out}: {summary['records']} records, {summary['people']} people, "
            f"{summary['pairs']} pairs told; {summary['without_token']} records without a token. "
            "A person decides on every pair."
        )
    return 0


def _check(args: argparse.Namespace) -> None:
    for name in ("threshold", "review_from"):
        if not 0 < getattr(args, name) <= 1:
            option = name.replace("_", "-")
            raise WrongInput(f"--{option}: {getattr(args, name)} is not above 0 and up to 1")
    if args.out.exists():
        raise WrongInput(f"{args.out}: is there already; expected the name of a new folder")


def _tokens(paths: Sequence[str]) -> "tuple[Tokens, dict[str, Any]]":
    from mekhala.core.matching.encoding.token_file import is_token_file, joined, read_tokens

    files: list[tuple[str, TokenFile]] = []
    for path in paths:
        text = read_text(path)
        if not is_token_file(text):
            raise WrongInput(
                f"{path}: row 1: holds no tokens; expected files made by mekhala encode, "
                "records in clear are not linked here"
            )
        files.append((path, read_tokens(text, path)))
    return joined(files), dict(files[0][1].made_by)


def _linked(tokens: "Tokens", args: argparse.Namespace) -> "Linked":
    from mekhala.core.matching.encoding.linking import link_tokens

    distinct = [name for name in args.distinct.split(",") if name]
    for name in distinct:
        if name not in {source for source, _ in tokens.records}:
            raise WrongInput(f"--distinct: {name!r} is no list here; expected names of lists")
    with Progress("compare") as progress:
        return link_tokens(
            tokens, threshold=args.threshold, review_from=args.review_from, distinct=distinct,
            progress=progress,
        )  # fmt: skip


def _summary(tokens: "Tokens", linked: "Linked", seconds: float) -> dict[str, Any]:
    from mekhala import __version__

    return {
        "records": len(tokens.records), "people": len(linked.people), "pairs": len(linked.pairs),
        "seconds": round(seconds, 2), "without_token": tokens.without,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "engine": "tokens", "version": __version__,
    }  # fmt: skip


def _files(
    tokens: "Tokens", linked: "Linked", model: dict[str, Any], summary: dict[str, Any]
) -> dict[str, str]:
    """Return the text of each file of the folder; overlaps only where there are two lists."""
    from mekhala.core.estimation.tables import write_overlaps
    from mekhala.core.matching.exact_keys import overlaps
    from mekhala.core.table_cells import csv_text

    names = [record_id for _, record_id in tokens.records]
    pairs = [(names[left], names[right], chance) for left, right, chance in linked.pairs]
    people = [(r, s, person.person_id) for person in linked.people for s, r in person.records]
    found = {
        "pairs.csv": csv_text([("left", "right", "probability"), *pairs], line_end="\n"),
        "people.csv": csv_text([("record_id", "source", "person_id"), *people], line_end="\n"),
        "model.json": json.dumps(model, indent=2) + "\n",
        "summary.json": json.dumps(summary, indent=2) + "\n",
    }
    if len({source for source, _ in tokens.records}) > 1:
        found["overlaps.csv"] = write_overlaps(overlaps(linked.people))
    return found


def _write(folder: Path, files: dict[str, str]) -> None:
    """Write the folder whole or not at all."""
    try:
        beside = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
        try:
            for name, text in files.items():
                (beside / name).write_text(text, encoding="utf-8", newline="")
            beside.rename(folder)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    except OSError as error:
        raise WrongInput(f"{folder}: {error.strerror}; expected a place to write to") from None

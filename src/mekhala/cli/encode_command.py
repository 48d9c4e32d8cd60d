"""``mekhala encode``: tokens made at the agency, no names; or a comparison that stays there."""

import argparse
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mekhala.cli.answers import print_json, read_text
from mekhala.cli.progress import Progress
from mekhala.core.wrong_input import WrongInput

if TYPE_CHECKING:
    from mekhala.core.matching.encoding.project_key import ProjectKey
    from mekhala.core.matching.encoding.token_file import TokenFile
    from mekhala.core.matching.records import Record

SUMMARY = "Keyed tokens made at the agency, no names; or compare there and return pairs only"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the records, the key and the file to write; or a key to make."""
    parser.add_argument("records", nargs="?", metavar="RECORDS.csv", help="- reads standard input")
    parser.add_argument(
        "--key-file", metavar="KEY", help="shared by the agencies, not by who links"
    )
    parser.add_argument("--out", type=Path, metavar="FILE", help="the tokens, or the pairs")
    parser.add_argument(
        "--compare", metavar="TOKENS.csv", help="compare with these here; write pairs, no tokens"
    )
    parser.add_argument("--new-key", type=Path, metavar="KEY", help="make a key, and nothing else")
    parser.add_argument("--columns", metavar="MAP.toml", help="how other column names are read")
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def run(args: argparse.Namespace) -> int:
    """Make a key, tokens or pairs, and say what was made."""
    answer = _made_key(args.new_key) if args.new_key else _made(args)
    if args.json:
        print_json(answer)
    else:
        print(_in_words(answer))
    return 0


def _made_key(path: Path) -> dict[str, Any]:
    from mekhala.core.matching.encoding.project_key import new_key

    return {"key_file": str(path), "key": new_key(path).fingerprint}


def _made(args: argparse.Namespace) -> dict[str, Any]:
    for given, name in ((args.records, "RECORDS.csv"), (args.key_file, "--key-file"),
                        (args.out, "--out")):  # fmt: skip
        if not given:
            raise WrongInput(f"{name}: is missing; expected RECORDS.csv --key-file KEY --out FILE")
    records, key = _records(args.records, args.columns), _key(args.key_file)
    ours = _encoded(records, key)
    if args.compare:
        return _compared(ours, args)
    from mekhala.core.matching.encoding.token_file import write_tokens

    write_private(args.out, write_tokens(ours.tokens, ours.made_by))
    return {
        "out": str(args.out), "records": len(ours.tokens.records),
        "tokens": len(ours.tokens.owner), "without_token": ours.tokens.without, **ours.made_by,
    }  # fmt: skip


def _compared(ours: "TokenFile", args: argparse.Namespace) -> dict[str, Any]:
    """Compare with the tokens of another agency; write which records go together, nothing else."""
    from mekhala.core.matching.encoding.comparison import alike_pairs
    from mekhala.core.matching.encoding.token_file import joined, read_tokens
    from mekhala.core.table_cells import csv_text

    theirs = read_tokens(read_text(args.compare), args.compare)
    tokens = joined([(args.compare, theirs), (args.records, ours)])
    with Progress("compare") as progress:
        pairs = alike_pairs(tokens, progress=progress)
    edge, records = len(theirs.tokens.records), tokens.records
    rows = [(*records[p.left], *records[p.right]) for p in pairs if p.left < edge <= p.right]
    heads = ("left_source", "left", "right_source", "right")
    write_private(args.out, csv_text([heads, *rows], line_end="\n"))
    return {"out": str(args.out), "records": [edge, len(records) - edge], "pairs": len(rows)}


def _records(path: str, columns: str | None) -> "Sequence[Record]":
    from mekhala.core.matching.encoding.token_file import check_nameless
    from mekhala.core.matching.records import read_records

    if columns:
        from mekhala.cli.import_files import records_by
    name = "standard input" if path == "-" else path
    records = records_by(columns, path) if columns else read_records(read_text(path), name)
    check_nameless(records, name)
    return records


def _key(path: str) -> "ProjectKey":
    from mekhala.core.matching.encoding.project_key import read_key

    try:
        return read_key(Path(path).read_bytes(), path)
    except OSError as error:
        raise WrongInput(f"{path}: {error.strerror}; give a readable file") from None


def _encoded(records: "Sequence[Record]", key: "ProjectKey") -> "TokenFile":
    from mekhala.core.matching.encoding.parameters import HARDENED
    from mekhala.core.matching.encoding.token_file import TokenFile, header
    from mekhala.core.matching.encoding.vectors import Encoder

    with Progress("encode") as progress:
        tokens = Encoder(key).tokens(records, progress=progress)
    return TokenFile(made_by=header(key, HARDENED), tokens=tokens)


def write_private(path: Path, text: str) -> None:
    """Write a file whole or not at all, for its owner alone."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        opened = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(opened, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise WrongInput(f"{path}: {error.strerror}; expected a place to write to") from None


def _in_words(answer: dict[str, Any]) -> str:
    if "key_file" in answer:
        return (
            f"{answer['key_file']}: a new key, {answer['key']}; for the agencies of one project, "
            "never for who links"
        )
    if "pairs" in answer:
        theirs, ours = answer["records"]
        return f"{answer['out']}: {answer['pairs']} pairs of {theirs} and {ours} records"
    return (
        f"{answer['out']}: {answer['records']} records, {answer['tokens']} tokens, "
        f"{answer['without_token']} records without one; key {answer['key']}. "
        "Pseudonymous, not anonymous: handle it as personal data."
    )

"""``mekhala link``: who is on several lists, from records in clear or tokens without names."""

import argparse
import math
import time
from pathlib import Path
from typing import Any

from mekhala.cli.answers import print_json, read_text
from mekhala.core.new_folder import new_folder
from mekhala.core.wrong_input import WrongInput

SUMMARY = "Who is the same person on several lists, from records or from tokens without a name"
MARK = b"# mekhala tokens "


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the files, where to write, and how to link."""
    parser.add_argument(
        "records", nargs="+", metavar="RECORDS.csv", help="records, or tokens of mekhala encode"
    )
    parser.add_argument("--columns", metavar="MAP.toml", help="how other column names are read")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="a new folder")
    parser.add_argument("--threshold", type=float, default=0.95, help="joined from here on")
    parser.add_argument("--review-from", type=float, default=0.5, help="told from here on")
    parser.add_argument(
        "--distinct", default="", metavar="SOURCE,…", help="lists that hold each person once"
    )
    parser.add_argument(
        "--engine", default="duckdb", choices=("duckdb", "spark"),
        help="what weighs the pairs: this machine or Spark's workers; both tell the same",
    )  # fmt: skip
    parser.add_argument(
        "--model", type=Path, metavar="FILE", help="use this trained model; trained if not there"
    )
    parser.add_argument("--seed", type=int, default=0, help="for what is sampled in training")
    parser.add_argument(
        "--numbers-of", metavar="SOURCE",
        help="of tokens: also write what this agency hands on that keeps its tokens, pair numbers",
    )  # fmt: skip
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def run(args: argparse.Namespace) -> int:
    """Link the files, write the folder, say what was found."""
    began = time.perf_counter()
    _check(args)
    texts = [_text_of_tokens(path) for path in args.records]
    if any(text is not None for text in texts):
        files, summary, said = _from_tokens(args, texts, began)
    else:
        if args.numbers_of:
            raise WrongInput("--numbers-of: is for tokens; records in clear are handed on as such")
        from mekhala.cli.link_clear import linked_clear

        files, summary, said = linked_clear(args, began)
    _write(args.out, files)
    if args.json:
        print_json(summary)
    else:
        print(said)
    return 0


def _check(args: argparse.Namespace) -> None:
    for name in ("threshold", "review_from"):
        given = getattr(args, name)
        if not 0 < given <= 1 or math.isnan(given):
            option = name.replace("_", "-")
            raise WrongInput(f"--{option}: {given} is not above 0 and up to 1")
    if args.seed < 0:
        raise WrongInput(f"--seed: {args.seed} is below 0; expected a number from 0 on")
    if args.out.exists():
        raise WrongInput(f"{args.out}: is there already; expected the name of a new folder")


def _text_of_tokens(path: str) -> str | None:
    """The text of a file of tokens; None for any other file, which is not read here."""
    if path == "-":
        return None
    try:
        with Path(path).open("rb") as file:
            start = file.read(len(MARK) + 3)
    except OSError as error:
        reason = error.strerror or "cannot be opened"
        raise WrongInput(f"{path}: {reason}; give a readable file") from None
    return read_text(path) if start.removeprefix(b"\xef\xbb\xbf").startswith(MARK) else None


def _from_tokens(
    args: argparse.Namespace, texts: list[str | None], began: float
) -> tuple[dict[str, str], dict[str, Any], str]:
    from mekhala.cli.link_tokens import linked_tokens

    for option, given in (("--model", args.model), ("--engine", args.engine == "spark")):
        if given:
            raise WrongInput(f"{option}: is for records in clear; tokens are compared without it")
    pairs = zip(args.records, texts, strict=True)
    read = [(path, read_text(path) if text is None else text) for path, text in pairs]
    return linked_tokens(read, args, began)


def _write(folder: Path, files: dict[str, str]) -> None:
    """Write the folder whole or not at all."""
    with new_folder(folder) as beside:
        for name, text in files.items():
            (beside / name).write_text(text, encoding="utf-8", newline="")

"""``mekhala link`` over token files: no name is ever seen."""

import argparse
import json
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from mekhala.cli.answers import peak_mb
from mekhala.cli.progress import Progress
from mekhala.core.wrong_input import WrongInput

if TYPE_CHECKING:
    from mekhala.core.matching.encoding.linking import Linked
    from mekhala.core.matching.encoding.token_file import TokenFile
    from mekhala.core.matching.encoding.vectors import Tokens


def linked_tokens(
    texts: Sequence[tuple[str, str]], args: argparse.Namespace, began: float
) -> tuple[dict[str, str], dict[str, Any], str]:
    """Link texts of token files, each with its path; return files to write, summary and words."""
    tokens, made_by = _tokens(texts)
    linked = _linked(tokens, args)
    summary = _summary(tokens, linked, time.perf_counter() - began)
    said = (
        f"{args.out}: {summary['records']} records, {summary['people']} people, "
        f"{summary['pairs']} pairs told; {summary['without_token']} records without a token. "
        "A person decides on every pair."
    )
    files = _files(tokens, linked, {"tokens": made_by}, summary)
    if args.numbers_of:
        files |= _numbers(tokens, linked, made_by, args)
        said += (
            f" Hand on pair_numbers.csv alone; own_numbers.csv, and all else, stays with "
            f"{args.numbers_of}."
        )
    return files, summary, said


def _numbers(
    tokens: "Tokens", linked: "Linked", made_by: dict[str, Any], args: argparse.Namespace
) -> dict[str, str]:
    """What an agency hands on that keeps its tokens, and the table it keeps to read answers by."""
    from mekhala.core.matching.encoding.pair_numbers import write_own_numbers, write_pair_numbers

    return {
        "pair_numbers.csv": write_pair_numbers(
            linked.pairs, tokens, args.numbers_of, made_by, review_from=args.review_from
        ),
        "own_numbers.csv": write_own_numbers(tokens, args.numbers_of),
    }


def _tokens(texts: Sequence[tuple[str, str]]) -> "tuple[Tokens, dict[str, Any]]":
    from mekhala.core.matching.encoding.token_file import is_token_file, joined, read_tokens

    files: list[tuple[str, TokenFile]] = []
    for path, text in texts:
        if not is_token_file(text):
            raise WrongInput(
                f"{path}: row 1: holds no tokens; expected only files made by mekhala encode, or "
                "only records in clear"
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
        "peak_mb": peak_mb(),
        "engine": "tokens", "version": __version__,
    }  # fmt: skip


def _files(
    tokens: "Tokens", linked: "Linked", model: dict[str, Any], summary: dict[str, Any]
) -> dict[str, str]:
    """Return the text of each file of the folder; overlaps only where there are two lists."""
    from mekhala.core.estimation.tables import write_overlaps
    from mekhala.core.matching.exact_keys import overlaps
    from mekhala.core.matching.records import called
    from mekhala.core.table_cells import csv_text

    names = called(tokens.records)
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

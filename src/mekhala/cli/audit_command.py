"""``mekhala audit verify``: the log is whole, or where it is not."""

import argparse
import sys

from mekhala.cli.answers import print_json
from mekhala.cli.installation import opened

SUMMARY = "Check that the audit log is whole."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the one thing that can be done with the log."""
    parser.add_argument("act", choices=["verify"])
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def run(args: argparse.Namespace) -> int:
    """Walk the chain from the first entry to the last; 1 if it is broken."""
    with opened():
        from mekhala.safeguards.audit.queries import verify

        verdict = verify()
    whole = verdict.broken_at is None
    if args.json:
        print_json({
            "whole": whole, "entries": verdict.entries, "broken_at": verdict.broken_at,
            "head": verdict.head,
        })  # fmt: skip
    elif whole:
        print(f"The log is whole: {verdict.entries} entries, head {verdict.head[:16]}…")
    else:
        print(
            f"The log is not whole: entry {verdict.broken_at} does not follow from the "
            f"{verdict.entries} before it.",
            file=sys.stderr,
        )
    return 0 if whole else 1

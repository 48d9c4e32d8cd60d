"""``mekhala law``: whether a statute file can be read, and how a page of the casebook is judged."""

import argparse
import sys
from pathlib import Path

SUMMARY = "Check a statute file, or judge a page of the casebook, before it is kept"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do, and the files to do it with."""
    acts = "check: read each statute file and say what is in it; judge: judge each casebook page"
    parser.add_argument("act", choices=["check", "judge"], help=acts)
    parser.add_argument("files", metavar="FILE.yaml", nargs="+")


def run(args: argparse.Namespace) -> int:
    """Print one line for each file that can be read; the first that cannot ends with status 2.

    A page that expects what the rules do not find ends with status 1, each difference told.
    """
    act = _check if args.act == "check" else _judge
    return max([act(name) for name in args.files])


def _check(name: str) -> int:
    from mekhala.core.law.reading import read_statute

    statute = read_statute(Path(name))
    kept = f"{len(statute.articles)} articles, {len(statute.provisions)} that can be judged"
    print(f"{name}: OK, {statute.code}, {kept}")
    return 0


def _judge(name: str) -> int:
    from mekhala.cli.casebook_page import fit_in_words
    from mekhala.core.casebook.judged import disagreements, judge
    from mekhala.core.casebook.page import read_page

    case = judge(read_page(Path(name)))
    differences = disagreements(case)
    agrees = "not as the page says" if differences else "as the page says"
    print(f"{name}: {case.page.citation}: {fit_in_words(case)}; {agrees}")
    for difference in differences:
        print(f"mekhala law: {difference}", file=sys.stderr)
    return 1 if differences else 0

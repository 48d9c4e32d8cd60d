"""``mekhala law check FILE.yaml``: whether a statute file can be read, and where it cannot."""

import argparse
from pathlib import Path

SUMMARY = "Check a statute file before it is kept"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do, and the files to do it with."""
    parser.add_argument("act", choices=["check"], help="read each file and say what is in it")
    parser.add_argument("files", metavar="FILE.yaml", nargs="+")


def run(args: argparse.Namespace) -> int:
    """Print one line for each file that can be read; the first that cannot ends with status 2."""
    from mekhala.core.law.reading import read_statute

    for name in args.files:
        statute = read_statute(Path(name))
        kept = f"{len(statute.articles)} articles, {len(statute.provisions)} that can be judged"
        print(f"{name}: OK, {statute.code}, {kept}")
    return 0

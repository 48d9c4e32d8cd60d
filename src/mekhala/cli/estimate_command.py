"""``mekhala estimate mse`` and ``mekhala estimate proportion``."""

import argparse

from mekhala.cli import estimate_mse, estimate_proportion

SUMMARY = "Hidden population from overlapping lists, or prevalence from a screened sample"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Two subcommands, each with its own options."""
    kinds = parser.add_subparsers(dest="kind", required=True, metavar="mse|proportion")
    mse = kinds.add_parser("mse", help="how many people in all, from who is on which lists")
    estimate_mse.add_arguments(mse)
    share = kinds.add_parser("proportion", help="the share of positives in a sample")
    estimate_proportion.add_arguments(share)
    for kind in (mse, share):
        kind.add_argument("--level", type=float, default=0.95)
        kind.add_argument("--json", action="store_true")


def run(args: argparse.Namespace) -> int:
    """Estimate, and print the answer as JSON or as words."""
    return estimate_mse.run(args) if args.kind == "mse" else estimate_proportion.run(args)

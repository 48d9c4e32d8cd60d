"""``mekhala estimate mse`` and ``mekhala estimate proportion``."""

import argparse
from typing import Any

from mekhala.cli import estimate_proportion
from mekhala.cli.answers import print_json, print_table, read_text
from mekhala.cli.progress import Progress

SUMMARY = "Hidden population from overlapping lists, or prevalence from a screened sample"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Two subcommands, each with its own options."""
    kinds = parser.add_subparsers(dest="kind", required=True, metavar="mse|proportion")
    mse = kinds.add_parser("mse", help="how many people in all, from who is on which lists")
    mse.add_argument(
        "lists",
        metavar="LISTS.csv",
        help="0/1 columns and a last column count, or one row per person",
    )
    mse.add_argument("--method", choices=("independence", "stepwise", "all"), default="all")
    mse.add_argument(
        "--bootstrap",
        type=int,
        default=1000,
        metavar="N",
        help="replicates; 0: the model's own interval",
    )
    mse.add_argument("--seed", type=int, default=0)
    share = kinds.add_parser("proportion", help="the share of positives in a sample")
    estimate_proportion.add_arguments(share)
    for kind in (mse, share):
        kind.add_argument("--level", type=float, default=0.95)
        kind.add_argument("--json", action="store_true")


def run(args: argparse.Namespace) -> int:
    """Estimate, and print the answer as JSON or as words."""
    return _mse(args) if args.kind == "mse" else estimate_proportion.run(args)


def _mse(args: argparse.Namespace) -> int:
    from mekhala.core.estimation.methods import check_settings
    from mekhala.core.estimation.panel import METHODS, agreement
    from mekhala.core.estimation.tables import read_overlaps

    check_settings(level=args.level, bootstrap=args.bootstrap, seed=args.seed)
    table = read_overlaps(read_text(args.lists), args.lists)
    names = list(METHODS) if args.method == "all" else [args.method]
    settings = {"level": args.level, "bootstrap": args.bootstrap, "seed": args.seed}
    estimates = []
    for name in names:
        with Progress(name) as progress:
            estimates.append(METHODS[name](table, **settings, progress=progress))
    answers = [found.to_dict() for found in estimates]
    agreed = agreement(estimates) if args.method == "all" else None
    if args.json:
        print_json(answers[0] if agreed is None else {"estimates": answers, "agreement": agreed})
    else:
        _show_mse(answers, agreed)
    return 0


def _show_mse(answers: list[dict[str, Any]], agreed: dict[str, Any] | None) -> None:
    """The estimates as a table, then what they rest on."""
    rows = [
        [
            a["method"],
            a["observed"],
            _people(a["estimate"]),
            _people(a["low"]),
            _people(a["high"]),
            a["interval"],
        ]
        for a in answers
    ]
    print_table(["method", "observed", "estimate", "low", "high", "interval"], rows)
    for answer in answers:
        print(f"\n{answer['method']}: {answer['model']}")
        print(f"  assumes: {answer['assumption']}")
        print(f"  interval covers: {answer['covers']}")
        for warned in answer["warnings"]:
            print(f"  {warned['code']}: {warned['because']}")
    if agreed is not None:
        low, high = _people(agreed["low"]), _people(agreed["high"])
        print(f"\nagreement: {low} to {high}; {agreed['differ_by']}")


def _people(number: float | None) -> str:
    return "none" if number is None else f"{number:,.0f}"

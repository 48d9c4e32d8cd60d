"""``mekhala study``: the figures of a published study, computed anew from one another."""

import argparse
from typing import Any

from mekhala.cli.answers import print_json, print_table, read_text

SUMMARY = "The figures of a study: which can be recomputed, which cannot, and what is amiss"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """A file of figures, and how they hang together where it is another study."""
    parser.add_argument("figures", metavar="FILE.csv", help="one figure a row, in long form")
    parser.add_argument(
        "--plan", metavar="PLAN.toml", help="which figures speak of the same people; "
        "without it, the plan of the study of 91 prisoners"
    )  # fmt: skip
    parser.add_argument("--json", action="store_true")


def run(args: argparse.Namespace) -> int:
    """Print what became of each figure, and what is amiss."""
    from mekhala.core.study.answer import study
    from mekhala.core.study.figure import read_figures
    from mekhala.core.study.plan import read_plan, shipped_plan

    figures = read_figures(read_text(args.figures), args.figures)
    written = read_text(args.plan) if args.plan else shipped_plan()
    answer = study(figures, read_plan(written, args.plan or "the plan that is shipped", figures))
    if args.json:
        print_json(answer)
    else:
        _show(answer)
    return 0


def _show(answer: dict[str, Any]) -> None:
    rows: list[list[object]] = [
        [f["line"], f["outcome"], f["table"], f["group"], f["measure"], f["value"], f["because"]]
        for f in answer["figures"]
    ]
    print_table(["line", "outcome", "table", "group", "measure", "value", "because"], rows)
    counted = ", ".join(f"{count} {outcome}" for outcome, count in answer["outcomes"].items())
    print(f"\n{answer['rows']} figures: {counted}")
    print(f"\n{len(answer['remarks'])} remarks, slips first, then questions, then notes:")
    for one in answer["remarks"]:
        print(f"  {one['weight']}: {one['because']} ({one['check']})")
    print("\nDifferences that the counts show (95 % interval; Fisher's exact test):")
    for one in answer["comparisons"]:
        (k, n), (k2, n2) = one["counts"]
        between = f"{100 * one['low']:.0f} to {100 * one['high']:.0f}"
        print(f"  {one['what']}: {k} of {n}, {k2} of {n2}; {between} points, p {one['p']:.4f}")
    print("\nTotals with each group at its size in the frame:")
    for one in answer["weighted"]:
        print(f"  {one['what']}: {one['weighted']} {one['unit']} (unweighted {one['unweighted']})")
    if answer["left_out"]:
        print(f"\n{len(answer['left_out'])} rules of the plan name figures it does not hold")

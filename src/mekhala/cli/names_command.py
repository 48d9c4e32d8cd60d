"""``mekhala names``: whether two names can be one name, and why; how one name is read."""

import argparse
from typing import Any

from mekhala.cli.answers import print_json, print_table, read_text
from mekhala.core.wrong_input import WrongInput

SUMMARY = "Whether two names can be one name, and why; how one name is read"

LONGEST = 60  # characters of a name in a table


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Two names, one name, or a file of pairs."""
    parser.add_argument(
        "names", nargs="+", metavar="NAME",
        help="two names to compare, one to take apart, or PAIRS.csv with columns left, right; "
        "real people's names belong in a file: what is typed stays in the shell's history",
    )  # fmt: skip
    parser.add_argument("--json", action="store_true")


def run(args: argparse.Namespace) -> int:
    """Print what is asked for and return 0."""
    if len(args.names) > 2:
        raise WrongInput(f"{len(args.names)} names were given; expected one or two, each in quotes")
    if len(args.names) == 2:
        return _two(*args.names, as_json=args.json)
    name = args.names[0]
    if name == "-" or name.lower().endswith(".csv"):
        return _pairs(name, as_json=args.json)
    return _one(name, as_json=args.json)


def _two(left: str, right: str, *, as_json: bool) -> int:
    """Two names side by side."""
    from mekhala.core.names.answers import compared

    answer = compared(left, right)
    if as_json:
        print_json(answer)
        return 0
    print(f"{_verdict(answer['same'])} ({answer['level']}): {answer['because']}")
    for part in answer["parts"]:
        print(f"  {part['left']} and {part['right']}: {part['because']}")
    for side, keys in zip(("left", "right"), answer["keys"], strict=True):
        print(f"  keys of {answer[side]}: {', '.join(keys) or 'none'}")
    print("  Names only: whether two people are one is for two readers to say.")
    return 0


def _one(name: str, *, as_json: bool) -> int:
    """One name taken apart."""
    from mekhala.core.names.answers import taken_apart

    answer = taken_apart(name)
    if as_json:
        print_json(answer)
        return 0
    parts = answer["parts"]
    print(f"normal form   {answer['normal'] or 'unknown'}")
    print(f"in Latin      {answer['romanised']}")
    print(f"keys          {', '.join(answer['keys']) or 'none'}")
    print(f"words         {' | '.join(parts['words'])}")
    for label, key in (("titles", "titles"), ("kin word", "kin")):
        if parts[key]:
            print(f"{label:13} {' '.join(parts[key])}")
    for other in parts["also"]:
        print(f"other name    {' '.join(other)}")
    return 0


def _pairs(path: str, *, as_json: bool) -> int:
    """Every row of a file of pairs."""
    from mekhala.core.names.answers import compared
    from mekhala.core.table_text import named_rows

    rows = named_rows(read_text(path), path, ("left", "right"))
    if not rows:
        raise WrongInput(f"{path}: holds no pairs; expected columns left, right and rows below")
    answers = [compared(row["left"], row["right"]) for _, row in rows]
    if as_json:
        print_json(answers)
        return 0
    table: list[list[object]] = [
        [_short(a["left"]), _short(a["right"]), a["level"], _verdict(a["same"]), a["because"]]
        for a in answers
    ]
    print_table(["left", "right", "level", "one name?", "because"], table)
    return 0


def _short(name: str) -> str:
    """A name as a column of a table can show it; the JSON answer has it whole."""
    return name if len(name) <= LONGEST else name[: LONGEST - 1] + "…"


def _verdict(same: Any) -> str:
    return {True: "can be one name", False: "not one name", None: "not known"}[same]

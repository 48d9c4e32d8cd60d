"""``mekhala screen FILE.json``: a thin shell over ``mekhala.core.reasoning.indicators``."""

import argparse
from typing import Any

from mekhala.cli.answers import print_json, read_json
from mekhala.core.reasoning.indicators import screen_all
from mekhala.core.wrong_input import WrongInput

SUMMARY = "ILO/EC indicator dimensions and result"

RESULTS = {
    "trafficking": "signs of trafficking",
    "deceived_and_exploited": "signs that the person was deceived and exploited",
    "coerced_and_exploited": "signs that the person was coerced and exploited",
    "exploitation_only": "signs of exploitation only",
    "none": "not enough signs",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say which words the command takes."""
    parser.add_argument("file", metavar="FILE.json", help="one case or an array; - reads stdin")
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def run(args: argparse.Namespace) -> int:
    """Print the result for each case and return 0."""
    document = read_json(args.file)
    try:
        answer = screen_all(document)
    except WrongInput as refusal:
        raise WrongInput(f"{args.file}: {refusal}") from None
    if args.json:
        print_json(answer)
        return 0
    for one in answer if isinstance(answer, list) else [answer]:
        print("\n".join(_in_words(one)), end="\n\n")
    return 0


def _in_words(answer: dict[str, Any]) -> list[str]:
    """The result of one case as lines for a reader."""
    profile = answer["profile"].replace("_", ", ")
    return [
        f"Case {answer['case'] or 'without a name'} ({profile}): {RESULTS[answer['result']]}",
        *(f"  {why}" for why in answer["why"]),
        f"  Indicators {answer['version']}, not verified. An aid to a first responder; "
        "it sets no status.",
    ]

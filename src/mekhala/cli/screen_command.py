"""``mekhala screen FILE.json``: a thin shell over ``mekhala.core.reasoning.screening``."""

import argparse
from typing import Any

from mekhala.cli.judging import add_arguments, judge
from mekhala.core.reasoning.screening import screen_all

__all__ = ["SUMMARY", "add_arguments", "run"]
SUMMARY = "indicator dimensions by the ILO/EC rule, and the result"

RESULTS = {
    "trafficking": "signs of trafficking",
    "deceived_and_exploited": "signs that the person was deceived and exploited",
    "coerced_and_exploited": "signs that the person was coerced and exploited",
    "exploitation_only": "signs of exploitation only",
    "none": "not enough signs",
}


def run(args: argparse.Namespace) -> int:
    """Print the result for each case and return 0."""
    return judge(args, screen_all, _in_words)


def _in_words(answer: dict[str, Any]) -> list[str]:
    """The result of one case as lines for a reader."""
    profile = answer["profile"].replace("_", " ")
    return [
        f"Case {answer['case'] or 'without a name'} ({profile}): {RESULTS[answer['result']]}",
        *(f"  {why}" for why in answer["why"]),
        f"  Indicators {answer['version']}, {'' if answer['verified'] else 'not '}verified: "
        f"{answer['source']}.",
        "  An aid to a first responder; it sets no status.",
    ]

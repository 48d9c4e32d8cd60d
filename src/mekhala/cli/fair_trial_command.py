"""``mekhala fair-trial FILE.json``: a thin shell over ``mekhala.core.reasoning.fair_trial``."""

import argparse
import textwrap
from typing import Any

from mekhala.cli import judging
from mekhala.core.reasoning.fair_trial.flags import flags
from mekhala.core.reasoning.fair_trial.review import review_all, reviews_in_json

SUMMARY = "Warnings about one proceeding against one accused, with what each rests on"
WIDTH = 96
REVIEWS = {
    "urgent": "Review by a lawyer: urgent.",
    "advised": "Review by a lawyer: advised.",
    "none": "Review by a lawyer: nothing that is known asks for it.",
}
SAID = "A warning asks for a look. It accuses nobody, decides nothing and is no legal advice."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say which words the command takes."""
    judging.add_arguments(parser)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = _rules()


def run(args: argparse.Namespace) -> int:
    """Print the review of each proceeding and return 0."""
    if args.json:
        judging.write(args, reviews_in_json)
        return 0
    return judging.judge(args, review_all, _in_words)


def _rules() -> str:
    """The flags, as the help tells them."""
    heads = "Each key of a proceeding may be left out or unknown; unknown is never no.\nFlags:"
    rows = [f"  {f.code:32} {f.level:8} {f.meaning}" for f in flags().values()]
    return "\n".join([heads, *rows, "", "Their rules and sources: docs/law/fair-trial.md"])


def _in_words(answer: dict[str, Any]) -> list[str]:
    """One review as lines for a reader."""
    lines = [f"Case {answer['case'] or 'without a name'}", f"  {REVIEWS[answer['review']]}"]
    lines += [row for flag in answer["flags"] for row in _flag(flag)]
    if answer["cannot_tell"]:
        lines.append("  Cannot be told until somebody asks:")
        lines += [row for code, paths in answer["to_ask"].items() for row in _ask(code, paths)]
    if answer["not_raised"]:
        lines += _line(f"Asked, and not so: {_words(answer['not_raised'])}.", 2)
    if answer["ignored"]:
        lines += _line(f"Left aside, not ours: {', '.join(answer['ignored'])}.", 2)
    return [*lines, *_line(f"Rule for a review: {answer['review_because']}.", 2), f"  {SAID}"]


def _flag(flag: dict[str, Any]) -> list[str]:
    """One warning: what it is, what was found, and where that stands."""
    checked = "verified" if flag["verified"] else "not verified"
    return [
        *_line(f"{flag['level'].capitalize()}: {flag['meaning']}.", 2),
        *_line(f"{flag['because']} ({', '.join(flag['from'])})", 4),
        *_line(f"Source ({checked}): {flag['source'].rstrip('.')}.", 4),
    ]


def _ask(code: str, paths: list[str]) -> list[str]:
    return _line(f"- {_words([code])}: {', '.join(paths)}", 4)


def _words(codes: list[str]) -> str:
    return ", ".join(code.replace("_", " ") for code in codes)


def _line(words: str, indent: int) -> list[str]:
    """Words folded to the width, each line after the first a little further in."""
    edge = " " * indent
    return textwrap.wrap(
        words, WIDTH, initial_indent=edge, subsequent_indent=f"{edge}  ", break_on_hyphens=False
    )

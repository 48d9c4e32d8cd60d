"""``mekhala assess FILE.json``: a thin shell over ``mekhala.core.reasoning.assess``."""

import argparse
import textwrap
from collections.abc import Iterator
from functools import partial
from typing import Any

from mekhala.cli import judging
from mekhala.cli.judging import judge, write
from mekhala.core.reasoning.assess import assess_all
from mekhala.core.reasoning.written import answers_in_json

__all__ = ["SUMMARY", "add_arguments", "run"]
SUMMARY = "Which offences and which definition the findings make out, with reasons"
WIDTH = 96

FINDINGS = {
    "met": "made out",
    "undetermined": "not known yet",
    "not_met": "not made out",
}
CLASSIFICATIONS = {
    "trafficking": "trafficking in persons",
    "smuggling": "smuggling of migrants",
    "procuring": "procuring",
    "exploitation_only": "exploitation without trafficking",
    "none": "none of these",
    "undetermined": "not known yet",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say which words the command takes."""
    judging.add_arguments(parser)
    parser.add_argument("--explain", action="store_true", help="each offence as a tree of facts")


def run(args: argparse.Namespace) -> int:
    """Print the outcome of each case and return 0."""
    if args.json:
        write(args, partial(answers_in_json, explain=args.explain))
        return 0
    return judge(args, partial(assess_all, explain=args.explain), _in_words)


def _in_words(answer: dict[str, Any]) -> list[str]:
    """The outcome of one case as lines for a reader."""
    palermo = answer["palermo"]
    lines = [f"Case {answer['case'] or 'without a name'}"]
    lines += _line(f"International definition (Palermo): {FINDINGS[palermo['finding']]}.", 2)
    lines += [row for why in palermo["why"] for row in _line(why, 4)]
    lines += [row for each in answer["ask_next"][:1] for row in _line(_next(each), 4)]
    lines += _line(f"The facts fit best: {CLASSIFICATIONS[answer['classification']]}.", 2)
    if answer["continuum"]:
        lines += _line(f"Degree of volition (A forced … F free): {answer['continuum']}.", 2)
    lines += _offences(answer["offences"])
    for title, key in (("Must not be punished for", "non_punishment"), ("Charges", "charges")):
        lines += _list(title, answer[key])
    lines += _list("Take care", answer["warnings"])
    return [*lines, "  This joins findings by rule. It is no decision and no legal advice."]


def _offences(offences: list[dict[str, Any]]) -> list[str]:
    """The offences, made out first, each with its reasons unless it is not made out."""
    lines = []
    for finding, words in FINDINGS.items():
        for offence in (o for o in offences if o["finding"] == finding):
            lines += _line(f"{_cited(offence)}: {words}.{_range(offence)}", 2)
            lines += [row for why in _reasons(offence) for row in _line(why, 4)]
            lines += [row for line in _branches(offence.get("tree"), 6) for row in line]
    return lines


def _branches(node: dict[str, Any] | None, indent: int) -> Iterator[list[str]]:
    """A tree, a node a line, each part a little further in."""
    if node is None:
        return
    label = f"{node['label']}: " if "label" in node else ""
    found = f" ({'; '.join(node['sources'])})" if node["sources"] else ""
    yield _line(f"{label}{node['words']}: {node['value']}{found}", indent)
    for part in (*node["parts"], *node.get("aggravations", ())):
        yield from _branches(part, indent + 2)


def _next(questions: dict[str, Any]) -> str:
    return f"{questions['words'].removesuffix('.')}; this would {questions['would']}."


def _reasons(offence: dict[str, Any]) -> list[str]:
    """Every reason for an offence made out; for the others only what decided it."""
    if offence["finding"] == "met":
        return list(offence["why"])
    deciding = {"undetermined": "unknown", "not_met": "no"}[offence["finding"]]
    told = zip(offence["elements"], offence["why"], strict=False)
    return [why for element, why in told if element["value"] == deciding]


def _cited(offence: dict[str, Any]) -> str:
    checked = "" if offence["verified"] else ", text not verified"
    return f"{offence['statute']} Art. {offence['article']} ({offence['title']}{checked})"


def _range(offence: dict[str, Any]) -> str:
    penalty = offence["penalty"]
    if offence["finding"] == "not_met":
        return ""
    if penalty is None:
        return " The range is not known here."
    carries = "Carries" if offence["finding"] == "met" else "Would carry"
    return f" {carries} {offence['penalty_in_words']}."


def _list(title: str, entries: list[dict[str, Any]]) -> list[str]:
    lines = [f"  {title}:"] if entries else []
    for entry in entries:
        said = (entry.get("offence"), entry["because"], entry.get("safeguard"))
        lines += _line("- " + ". ".join(str(s).rstrip(".") for s in said if s) + ".", 4)
    return lines


def _line(words: str, indent: int) -> list[str]:
    """Words folded to the width, each line after the first a little further in."""
    edge = " " * indent
    return textwrap.wrap(
        words,
        WIDTH,
        initial_indent=edge,
        subsequent_indent=f"{edge}  ",
        break_on_hyphens=False,
    )

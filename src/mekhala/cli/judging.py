"""What ``assess`` and ``screen`` share: one document in, an answer per case out."""

import argparse
import sys
from collections.abc import Callable, Iterable
from typing import Any

from mekhala.cli.answers import print_json, read_json
from mekhala.core.wrong_input import WrongInput

type Answer = dict[str, Any]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say which words the command takes."""
    parser.add_argument("file", metavar="FILE.json", help="one case or an array; - reads stdin")
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def judge(
    args: argparse.Namespace,
    function: Callable[[Any], Answer | list[Answer]],
    in_words: Callable[[Answer], list[str]],
) -> int:
    """Print what ``function`` answers about the document, as JSON or in words; return 0."""
    answer = _answered(args, function)
    if args.json:
        print_json(answer)
        return 0
    for one in answer if isinstance(answer, list) else [answer]:
        print("\n".join(in_words(one)), end="\n\n")
    return 0


def write(args: argparse.Namespace, function: Callable[[Any], Iterable[str]]) -> None:
    """Print the JSON that ``function`` gives in pieces."""
    sys.stdout.writelines(_answered(args, function))


def _answered[T](args: argparse.Namespace, function: Callable[[Any], T]) -> T:
    document = read_json(args.file)
    try:
        return function(document)
    except WrongInput as refusal:
        raise WrongInput(f"{args.file}: {refusal}") from None

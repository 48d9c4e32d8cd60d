"""The ``mekhala`` command: a module per command, as thin as the pages.

A command module holds ``SUMMARY`` (one line), ``add_arguments(parser)`` and
``run(args) -> int`` (the exit status). It is imported only when it is called, so that
``mekhala assess`` never waits for Django.
"""

import argparse
import importlib
import sys
from collections.abc import Sequence
from typing import NoReturn

from mekhala.core.wrong_input import WrongInput

COMMANDS = {
    "assess": "Which offences and which definition the findings make out, with reasons",
    "screen": "ILO/EC indicator dimensions and result",
    "estimate": "Hidden population from overlapping lists, or prevalence from a sample",
    "claims": "Where published figures come from",
    "import": "Bring an agency's records into the register",
    "audit": "Check that the audit log is whole",
    "sample": "Fill a database with the invented country",
    "doctor": "What is installed, configured, reachable, and what to do about what is not",
}


class OneLineParser(argparse.ArgumentParser):
    """An argument parser whose complaint is one line, as the contract asks."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong in one line and leave with status 2."""
        self.exit(2, f"{self.prog}: {message}\n")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 0 done, 1 failed, 2 wrong input."""
    words = list(sys.argv[1:] if argv is None else argv)
    if not words or words[0] in ("-h", "--help"):
        print(_help())
        return 0 if words else 2
    if words[0] == "--version":
        return _version()
    if words[0] not in COMMANDS:
        known = ", ".join(COMMANDS)
        print(f"mekhala: no command {words[0]!r}; the commands are {known}", file=sys.stderr)
        return 2
    return _run(words[0], words[1:])


def _run(name: str, words: list[str]) -> int:
    """Load the command's module, read its arguments, run it."""
    command = importlib.import_module(f"mekhala.cli.{name}_command")
    parser = OneLineParser(prog=f"mekhala {name}", description=command.SUMMARY)
    command.add_arguments(parser)
    try:
        return int(command.run(parser.parse_args(words)))
    except WrongInput as refusal:
        print(f"mekhala {name}: {refusal}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        return 0


def _help() -> str:
    lines = [f"  {name:10} {summary}" for name, summary in COMMANDS.items()]
    return (
        "usage: mekhala COMMAND …\n\n" + "\n".join(lines) + "\n\nmekhala COMMAND --help says more."
    )


def _version() -> int:
    from mekhala import __version__

    print(f"mekhala {__version__}")
    return 0

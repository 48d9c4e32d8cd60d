"""The ``mekhala`` command: a module per command, as thin as the pages.

A command module holds ``SUMMARY`` (one line), ``add_arguments(parser)`` and
``run(args) -> int`` (the exit status). It is imported only when it is called, so that
``mekhala assess`` never waits for Django.
"""

import argparse
import contextlib
import importlib
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from mekhala.core.wrong_input import WrongInput

COMMANDS = {
    "assess": "Which offences and which definition the findings make out, with reasons",
    "law": "Check a statute file, or say how a page of the casebook is judged",
    "screen": "Indicator dimensions by the ILO/EC rule, and the result",
    "fair-trial": "Warnings about one proceeding against one accused, with what each rests on",
    "forms": "Check a form before it is added, or say how two versions of it differ",
    "estimate": "Hidden population from overlapping lists, or prevalence from a sample",
    "claims": "Where published figures come from",
    "study": "The figures of a study: what can be recomputed, what cannot, what is amiss",
    "names": "Whether two names can be one name, and why; how one name is read",
    "corridor": "For the body of another country: make a key, open a file of a return sealed to it",
    "encode": "Keyed tokens made at the agency, no names; or a comparison that stays there",
    "link": "Who is the same person on several lists, from records or from tokens without a name",
    "linkage": "How right a linkage is, for whom, by a truth or by people; why a pair was told",
    "import": "Bring an agency's records into the register",
    "audit": "Check that the audit log is whole; show its head to witnesses",
    "keys": "Look at the keys of the vault, rotate them, or erase one name for good",
    "canaries": "Plant invented files among the real ones; list who asked for one",
    "officers": "Let the first two administrators of an installation in",
    "backup": "Save the database into one file that two officers must open together",
    "restore": "Bring a backup back into an empty database",
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
    try:
        status = _chosen(words)
        if sys.stdout:
            sys.stdout.flush()
    except BrokenPipeError:
        _say_no_more()  # who reads has seen enough
        return 0
    except _surroundings() as error:
        print(f"mekhala {words[0]}: {_in_one_line(error)}", file=sys.stderr)
        _say_no_more()
        return 1
    except KeyboardInterrupt:
        print(f"mekhala {words[0]}: stopped", file=sys.stderr)
        return 130
    return status


def _surroundings() -> tuple[type[Exception], ...]:
    """What a disk, a network or a database may do to a command; asked when it has happened."""
    names = [
        ("psycopg", "OperationalError"), ("django.db", "OperationalError"),
        ("mekhala.config.binaries", "NoPostgres"),
    ]  # fmt: skip
    loaded = [(sys.modules[module], kind) for module, kind in names if module in sys.modules]
    return (OSError, *(getattr(module, kind) for module, kind in loaded))


def _in_one_line(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}" if error.filename else error.strerror
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__


def _say_no_more() -> None:
    """Send to nowhere what is still waiting to be printed: its reader is gone."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _chosen(words: list[str]) -> int:
    """Find the command that is meant and run it."""
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
    command = importlib.import_module(f"mekhala.cli.{name.replace('-', '_')}_command")
    parser = OneLineParser(prog=f"mekhala {name}", description=command.SUMMARY)
    command.add_arguments(parser)
    try:
        return int(command.run(parser.parse_args(words)))
    except WrongInput as refusal:
        print(f"mekhala {name}: {refusal}", file=sys.stderr)
        return 2


def _help() -> str:
    lines = [f"  {name:10} {summary}" for name, summary in COMMANDS.items()]
    return (
        "usage: mekhala COMMAND …\n\n" + "\n".join(lines) + "\n\nmekhala COMMAND --help says more."
    )


def _version() -> int:
    from mekhala import __version__

    print(f"mekhala {__version__}")
    return 0

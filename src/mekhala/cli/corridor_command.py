"""``mekhala corridor``: the other country's side: a key of its own, and files sealed to it."""

import argparse
import os
from pathlib import Path

from mekhala.cli.answers import print_json
from mekhala.core.wrong_input import WrongInput

SUMMARY = "For the body of another country: make a key, open a file of a return sealed to it"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add ``key FILE`` and ``open FILE --key KEY``."""
    parser.add_argument("act", choices=["key", "open"], help="make a key, or open a file")
    parser.add_argument("file", type=Path, help="the key to write, or the file to open")
    parser.add_argument("--key", type=Path, metavar="KEY", help="your private key")


def run(args: argparse.Namespace) -> int:
    """Make a key, telling the public part and its fingerprint; or print what a file says."""
    from mekhala.core import exchange_file

    if args.act == "key":
        private, public = exchange_file.new_key()
        _write_private(args.file, private)
        mark = exchange_file.fingerprint(exchange_file.public_bytes(public))
        print(f"public key: {public}\nfingerprint: {mark}\nprivate key, yours alone: {args.file}")
        return 0
    if args.key is None:
        raise WrongInput("--key: is missing; expected the file that “mekhala corridor key” wrote")
    print_json(exchange_file.open_file(_read(args.file), _read(args.key).decode()))
    return 0


def _write_private(path: Path, private: str) -> None:
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise WrongInput(f"{path}: {error.strerror}; expected the name of a new file") from None
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(private + "\n")


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise WrongInput(f"{path}: {error.strerror}; expected a file that can be read") from None

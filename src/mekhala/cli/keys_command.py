"""``mekhala keys``: the keys that wrap every person's data keys."""

import argparse
from pathlib import Path
from typing import Any

from mekhala.cli.answers import print_json
from mekhala.cli.installation import opened
from mekhala.core.wrong_input import WrongInput

SIGNED = ("rotate", "shred")
SUMMARY = "Look at the keys of the vault, rotate them, or erase one name for good."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take what to do."""
    acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
    for name, says in (
        ("status", "versions, keys under an older one, keys waiting, numbers erased"),
        ("rotate", "make a new version and wrap every data key with it; nobody has to stop"),
        ("rewrap", "go on with a rotation that was stopped; takes in keys that waited"),
        ("blind", "make the blind keys, by which people are found, of names that have none yet"),
        ("shred", "destroy the data keys of one number: name and words are gone, from backups too"),
        ("inventory", "print which cryptography is used for what, read from the code"),
    ):
        act = acts.add_parser(name, help=says, description=says)
        act.add_argument("--json", action="store_true", help="print one JSON document")
        if name in SIGNED:
            act.add_argument(
                "--signed", type=int, metavar="N", help="number of the second signature"
            )
            act.add_argument("--emergency", action="store_true", help="without one; alarms all")
        if name == "shred":
            act.add_argument("number", help="the number of the case or of the accused")
            act.add_argument("--yes", action="store_true", help="say that there is no way back")
    _add_backup_arguments(acts)


def _add_backup_arguments(acts: Any) -> None:
    """Take what saving and bringing back the key service's folder needs."""
    makes = acts.add_parser("recipient", help="make an officer's identity file; print its age1…")
    makes.add_argument("file", type=Path, help="a new file, to be kept by the officer alone")
    saves = acts.add_parser("backup", help="the keys and the erased numbers into one sealed file")
    saves.add_argument("into", type=Path, help="folder the file is written to; not where dumps go")
    saves.add_argument("--to", action="append", default=[], metavar="RECIPIENT", help="age1…")
    brings = acts.add_parser("restore", help="the keys back into an empty folder")
    brings.add_argument("file", type=Path, help="the file that mekhala keys backup has made")
    brings.add_argument("--identity", action="append", type=Path, default=[], metavar="FILE")
    for act in (saves, brings):
        act.add_argument("--keys", type=Path, help="folder of the service (MEKHALA_HOME/keys)")


def run(args: argparse.Namespace) -> int:
    """Do it and say what was done; 1 where the key service does not answer."""
    from mekhala.cli import keys_shred
    from mekhala.safeguards.keys.errors import KeyServiceDown

    if args.act in ("recipient", "backup", "restore"):
        return _with_files(args)
    if args.act == "inventory":
        return _inventory(as_json=args.json)
    if args.act == "shred" and not args.yes:
        raise WrongInput("keys shred: there is no way back; expected --yes beside the number")
    _check_one_way(args)
    erases = args.act == "shred"
    with opened(as_owner=True):
        if erases:
            keys_shred.check_not_held(args.number)
        _use_signature(args)
        try:
            answer = keys_shred.shred(args.number) if erases else _looked_after(args.act)
        except KeyServiceDown:
            raise ConnectionError("the key service does not answer; see mekhala doctor") from None
    if args.json:
        print_json(answer)
    else:
        for what, value in answer.items():
            print(f"{what.replace('_', ' ')}: {value}")
    return 0


def _check_one_way(args: argparse.Namespace) -> None:
    """Refuse a ceremony without a second signature, and one with both ways in."""
    if args.act not in SIGNED:
        return
    if (args.signed is None) != args.emergency:
        raise WrongInput(
            f"keys {args.act}: expected --signed N, the number of a second signature agreed on the "
            "pages in the last 24 hours"
        )


def _use_signature(args: argparse.Namespace) -> None:
    """Use the second signature up before the act; note an emergency and tell administrators."""
    if args.act not in SIGNED:
        return
    from django.db import connection, transaction
    from django.utils import timezone

    from mekhala.safeguards.four_eyes import services
    from mekhala.safeguards.four_eyes.errors import NotSigned
    from mekhala.safeguards.identity.signed_acts import ALL_KEYS

    subject = args.number if args.act == "shred" else ALL_KEYS
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select set_config('mekhala.maintenance', 'on', true)")
        if args.emergency:
            services.note_emergency(f"keys.{args.act}", subject=subject, at=timezone.now())
            return
        try:
            services.use(
                args.signed, kind=f"keys.{args.act}", subject=subject, by=None, at=timezone.now()
            )
        except NotSigned:
            raise WrongInput(
                f"--signed: {args.signed} is no agreed, unused second signature of the last 24 "
                f"hours for keys {args.act} of {subject}"
            ) from None


def _with_files(args: argparse.Namespace) -> int:
    """Do what concerns files alone: no database is opened and no key service asked."""
    from mekhala.cli import keys_files

    acts = {"recipient": keys_files.recipient, "backup": keys_files.save,
            "restore": keys_files.bring_back}  # fmt: skip
    print(acts[args.act](args))
    return 0


def _inventory(*, as_json: bool) -> int:
    import os
    from dataclasses import asdict

    import django

    from mekhala.cli import inventory

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mekhala.config.settings.casework")
    django.setup()

    if as_json:
        print_json([asdict(use) | {"module": module} for module, use in inventory.uses()])
    else:
        print(inventory.page(), end="")
    return 0


def _looked_after(act: str) -> dict[str, object]:
    from mekhala.cli.progress import Progress
    from mekhala.safeguards.identity import datakeys, rewrapping

    if act == "blind":
        return _blinded()
    answer: dict[str, object] = {}
    if act == "rotate":
        _new_version()
    if act != "status":
        total = rewrapping.count()["under_an_older_version"]
        with Progress("data keys") as progress:
            done, left = rewrapping.rewrap_all(told=lambda n: progress(n, total))
        answer = {"wrapped_anew": done, "could_not_be_opened": left}
    status = datakeys.ask({"op": "status"})
    return answer | {
        "version": status["version"], "versions": status["versions"],
        "erased": status["shredded"], **rewrapping.count(),
    }  # fmt: skip


def _blinded() -> dict[str, object]:
    """Make blind keys until all are made or the key service's allowance is used up."""
    from django.db import connection, transaction

    from mekhala.cli.progress import Progress
    from mekhala.safeguards.identity import indexing

    def left() -> int:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("select set_config('mekhala.maintenance', 'on', true)")
            return indexing.waiting().count()

    total = left()
    with Progress("names") as progress:
        made, _damaged = indexing.make_all(told=lambda n: progress(n, total))
    return {"made": made, "still_without": left()}


def _new_version() -> None:
    """Have a new version made, and keep its public key for when the service is down."""
    from django.conf import settings

    from mekhala.safeguards.identity import datakeys
    from mekhala.safeguards.keys.client import keep_public

    keep_public(Path(settings.KEYS_PUBLIC), datakeys.ask({"op": "rotate"}))

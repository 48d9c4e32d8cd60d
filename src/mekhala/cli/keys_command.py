"""``mekhala keys``: the keys that wrap every person's data keys."""

import argparse

from mekhala.cli.answers import print_json
from mekhala.cli.installation import opened
from mekhala.core.wrong_input import WrongInput

SUMMARY = "Look at the keys of the vault, rotate them, or erase one name for good."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take what to do."""
    acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
    for name, says in (
        ("status", "versions, keys under an older one, keys waiting, numbers erased"),
        ("rotate", "make a new version and wrap every data key with it; nobody has to stop"),
        ("rewrap", "go on with a rotation that was stopped; takes in keys that waited"),
        ("shred", "destroy the data keys of one number: name and words are gone, from backups too"),
        ("inventory", "print which cryptography is used for what, read from the code"),
    ):
        act = acts.add_parser(name, help=says, description=says)
        act.add_argument("--json", action="store_true", help="print one JSON document")
        if name == "shred":
            act.add_argument("number", help="the number of the case or of the accused")
            act.add_argument("--yes", action="store_true", help="say that there is no way back")


def run(args: argparse.Namespace) -> int:
    """Do it and say what was done; 1 where the key service does not answer."""
    from mekhala.safeguards.keys.errors import KeyServiceDown

    if args.act == "inventory":
        return _inventory(as_json=args.json)
    if args.act == "shred" and not args.yes:
        raise WrongInput("keys shred: there is no way back; expected --yes beside the number")
    with opened(as_owner=True):
        try:
            answer = _shredded(args.number) if args.act == "shred" else _looked_after(args.act)
        except KeyServiceDown:
            raise ConnectionError("the key service does not answer; see mekhala doctor") from None
    if args.json:
        print_json(answer)
    else:
        for what, value in answer.items():
            print(f"{what.replace('_', ' ')}: {value}")
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


def _new_version() -> None:
    """Have a new version made, and keep its public key for when the service is down."""
    from pathlib import Path

    from django.conf import settings

    from mekhala.safeguards.identity import datakeys
    from mekhala.safeguards.keys.client import keep_public

    keep_public(Path(settings.KEYS_PUBLIC), datakeys.ask({"op": "rotate"}))


def _with_keys(subjects: list[str]) -> list[str]:
    """Return the case itself, and of the filled forms about it those not erased before."""
    from mekhala.safeguards.identity.models import DESTROYED, DataKey

    alive = DataKey.objects.filter(subject__in=subjects[1:]).exclude(form=DESTROYED)
    return [subjects[0], *sorted(set(alive.values_list("subject", flat=True)))]


def _shredded(number: str) -> dict[str, object]:
    from django.db import connection, transaction
    from django.utils import timezone

    from mekhala.forms.queries import subjects_of
    from mekhala.safeguards.access.errors import ActRefused
    from mekhala.safeguards.identity import services

    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("select set_config('mekhala.maintenance', 'on', true)")
            for subject in _with_keys(subjects_of(number)):
                services.shred(subject, by=None, at=timezone.now())
    except services.NameGone:
        raise WrongInput(f"keys shred: no name is kept under {number!r}") from None
    except ActRefused as refusal:
        raise WrongInput(f"keys shred: {refusal}") from None
    return {"erased": number}

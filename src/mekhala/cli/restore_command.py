"""``mekhala restore``: a backup back into an empty database, opened only when all is well."""

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mekhala.cli.answers import print_json
from mekhala.core.wrong_input import WrongInput

if TYPE_CHECKING:
    from mekhala.backup.sealed_file import SealedFile

SUMMARY = "Bring a backup back into an empty database; needs the identities of two officers."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the file, who opens it and where it goes."""
    parser.add_argument("file", type=Path, help="the file that mekhala backup has made")
    parser.add_argument(
        "--identity", action="append", type=Path, default=[], metavar="FILE",
        help="an officer's identity file; two are needed",
    )  # fmt: skip
    parser.add_argument(
        "--database", default="",
        help="postgresql://… of an administrator, the database empty (else the embedded one)",
    )  # fmt: skip
    parser.add_argument(
        "--replace-what-is-there", action="store_true", help="throw away what is in the database"
    )
    parser.add_argument("--log-key", default="", help="public key of the log that made the backup")
    parser.add_argument("--check", action="store_true", help="read and prove the file, no more")
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def run(args: argparse.Namespace) -> int:
    """Restore, or only prove the file; say what came back."""
    from mekhala.backup.sealed_file import NotFinished

    sealed, manifest, signer = _proven(args)
    answer = {"made_at": manifest["at"], "tables": len(manifest["tables"]),
              "rows": sum(manifest["tables"].values()), "log": manifest["log"]}  # fmt: skip
    try:
        if not args.check:
            answer |= _restored(args, sealed, manifest, signer)
    except NotFinished as failure:
        raise OSError(f"{failure}; the database stays shut, nothing serves from it") from None
    if args.json:
        print_json(answer)
    else:
        for what, value in answer.items():
            print(f"{what.replace('_', ' ')}: {value}")
    return 0


def _proven(args: argparse.Namespace) -> tuple["SealedFile", dict[str, Any], str]:
    """Read the whole file once: two officers' own, whole, of this kind, signed by the log's key."""
    from mekhala.backup.custodians import identities_from
    from mekhala.backup.sealed_file import SealedFile
    from mekhala.backup.signature import check_signed
    from mekhala.cli.progress import Progress

    sealed = SealedFile(args.file, identities_from(args.identity))
    with Progress("reading") as bar:
        manifest = sealed.read(told=bar)
    if manifest.get("kind") != "database":
        raise WrongInput(f"{args.file}: holds {manifest.get('kind')}; expected a database")
    signer = args.log_key or _own_key() or str(manifest.get("key", ""))
    check_signed(manifest, signer, name=str(args.file))
    return sealed, manifest, signer


def _own_key() -> str:
    """Return the public key of this installation's log; empty where it has none yet.

    Settings are not read yet: they take in where the database is, which comes later.
    """
    from mekhala.config.home import audit_key
    from mekhala.safeguards.audit.heads import public_of, signing_key

    return public_of(signing_key(audit_key())) if audit_key().exists() else ""


def _restored(
    args: argparse.Namespace, sealed: "SealedFile", manifest: dict[str, Any], signer: str
) -> dict[str, Any]:
    from mekhala.backup import restore
    from mekhala.cli.progress import Progress

    if args.database:
        os.environ["DATABASE_URL"] = args.database
    server, where = _target()
    try:
        restore.check_target(where, replace=args.replace_what_is_there)
        with restore.shut(where):
            with Progress("restoring") as bar:
                restore.fill(sealed, where, replace=args.replace_what_is_there, told=bar)
            restore.check_same(manifest, where)
            return {"log_says": restore.check_log(manifest, where, _witnesses(), signer),
                    "erased_again": _looked_through(args.file.name)}  # fmt: skip
    finally:
        server.stop()


def _target() -> tuple[Any, dict[str, str]]:
    """Start or find the server; return it and where its administrator reaches the database."""
    from mekhala.config import roles
    from mekhala.config.database import embedded_login, read_url, ready_the_server

    server = ready_the_server()
    if os.environ.get("DATABASE_URL"):
        return server, read_url(os.environ["DATABASE_URL"])
    where = embedded_login(roles.ADMIN)
    os.environ["DATABASE_URL"] = (  # from here on Django goes in as the administrator, too
        f"postgresql://{where['user']}@/{where['dbname']}?host={where['host']}&port={where['port']}"
    )
    return server, where


def _witnesses() -> list[str]:
    """Return the witnesses of the log that keep anything."""
    from mekhala.cli.installation import SETTINGS

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    from django.conf import settings

    named = settings.AUDIT_WITNESSES
    return [one for one in named if "://" in one or Path(one).exists()]


def _looked_through(name: str) -> int:
    """Bring the tables up to date and erase again who was erased since; nothing serves yet."""
    from mekhala.backup.sealed_file import NotFinished
    from mekhala.cli.installation import set_up
    from mekhala.config import roles

    set_up()
    from django.db import connection
    from django.utils import timezone

    from mekhala.safeguards.audit import services as audit
    from mekhala.safeguards.identity.errors import CannotBeErasedNow
    from mekhala.safeguards.identity.replaying import (
        erased_numbers,
        keys_are_known,
        replay_erasures,
    )
    from mekhala.safeguards.keys.errors import KeyServiceDown
    from mekhala.safeguards.retention.services import erase_again

    roles.become(roles.OWNER)
    try:
        if not keys_are_known():
            raise NotFinished(
                "the key service has other keys than this backup; run mekhala keys restore first"
            )
        again = replay_erasures(at=timezone.now())
        erase_again(sorted(erased_numbers()), at=timezone.now())
        audit.record("backup.restored", subject=name, by=None, at=timezone.now(), erased=again)
    except (KeyServiceDown, CannotBeErasedNow):
        raise NotFinished("the key service does not answer; see mekhala doctor") from None
    finally:
        connection.close()
    return again

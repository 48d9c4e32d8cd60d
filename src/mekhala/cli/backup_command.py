"""``mekhala backup``: the database into one sealed file that any two officers open together."""

import argparse
from pathlib import Path
from typing import Any

from mekhala.cli.answers import print_json
from mekhala.cli.installation import opened
from mekhala.core.wrong_input import WrongInput

SUMMARY = "Save the database into one file that two officers must open together."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take where it goes and who may open it."""
    parser.add_argument("folder", type=Path, help="where the file is written, best on another disk")
    parser.add_argument(
        "--to", action="append", metavar="RECIPIENT",
        help="an officer's age1…; two at least, any two restore (else MEKHALA_BACKUP_TO)",
    )  # fmt: skip
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def run(args: argparse.Namespace) -> int:
    """Make the backup, note it in the log, and say what is in it."""
    if not args.folder.is_dir():
        raise WrongInput(f"{args.folder}: is no folder; expected one that is there")
    with opened():
        answer = _made(args)
    if args.json:
        print_json(answer)
    else:
        print(f"{answer['file']}: {answer['rows']} rows of {answer['tables']} tables, "
              f"{answer['entries']} entries of the log; opens for any two of "
              f"{answer['recipients']} officers")  # fmt: skip
    return 0


def _made(args: argparse.Namespace) -> dict[str, Any]:
    from django.conf import settings
    from django.utils import timezone

    from mekhala import __version__
    from mekhala.backup.custodians import recipients_of
    from mekhala.backup.dump import dumped
    from mekhala.backup.sealed_file import NotFinished, write_sealed
    from mekhala.backup.signature import signed
    from mekhala.cli.progress import Progress
    from mekhala.config.database import backup_login
    from mekhala.config.home import home, note_backup
    from mekhala.safeguards.audit import services as audit
    from mekhala.safeguards.audit.heads import signing_key

    said, at = args.to or settings.BACKUP_TO, timezone.now()
    recipients, key = recipients_of(said), signing_key(settings.AUDIT_KEY)
    path = args.folder / f"mekhala-{at:%Y%m%dT%H%M%SZ}.backup"
    try:
        with dumped(backup_login(), version=__version__, at=at) as dump, Progress("backup") as bar:
            write_sealed(
                path, dump, recipients, manifest=lambda: signed(dump.manifest(), key),
                told=lambda done, _total: bar(done, max(done, dump.facts["space"])),
            )  # fmt: skip
            facts = dump.facts
    except NotFinished as failure:
        raise OSError(str(failure)) from None
    size = path.stat().st_size
    note_backup(home(), file=path.name, at=at, to=said, size=size)
    audit.record("backup.made", subject=path.name, by=None, at=at, to=[one[:12] for one in said])
    return {
        "file": str(path), "size": size, "tables": len(facts["tables"]),
        "rows": sum(facts["tables"].values()), "entries": facts["log"]["entries"],
        "recipients": len(said),
    }  # fmt: skip

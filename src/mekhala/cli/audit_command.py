"""``mekhala audit``: the log is whole, or where it is not; its heads, and who keeps them."""

import argparse
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mekhala.cli.answers import print_json
from mekhala.cli.installation import opened
from mekhala.core.wrong_input import WrongInput

SUMMARY = "Check that the audit log is whole; show its head to witnesses."

_LOGIN = "postgresql://… of a login that may read the log, where that of the application may not"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take one of the things that can be done with the log."""
    acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
    check = acts.add_parser("verify", help="is the log whole, and as the witnesses were shown it?")
    check.add_argument("--json", action="store_true", help="print one JSON document")
    check.add_argument("--database", default="", help=_LOGIN)
    show = acts.add_parser("witness", help="sign a head of the log and show it to the witnesses")
    show.add_argument("--json", action="store_true", help="print one JSON document")
    acts.add_parser("key", help="print the public key that witnesses and auditors need")
    out = acts.add_parser("export", help="write all entries, one JSON object a line, to be checked")
    out.add_argument("file", type=Path, help="a file that does not exist yet")
    out.add_argument("--database", default="", help=_LOGIN)
    serve = acts.add_parser("witness-serve", help="be a witness: keep heads that fit")
    serve.add_argument("port", type=int)
    serve.add_argument("--host", default="127.0.0.1", help="address to listen on")
    serve.add_argument("--keep", type=Path, help="file of heads (MEKHALA_HOME/kept-heads.jsonl)")
    serve.add_argument("--key", default="", help="public key of the log; else that of its first")


def run(args: argparse.Namespace) -> int:
    """Do it; 1 if the log is not whole or a witness refused."""
    acts = {
        "verify": _verify, "witness": _witness, "key": _key, "export": _export,
        "witness-serve": _serve,
    }  # fmt: skip
    return acts[args.act](args)


def _verify(args: argparse.Namespace) -> int:
    """Hold the log against the chain, the witnesses and the heads this installation keeps."""
    from mekhala.safeguards.audit import verifier

    try:
        with opened():
            from django.conf import settings

            kept = [_is_there(witness) for witness in settings.AUDIT_WITNESSES]
            sources = [verifier.heads_of(witness) for witness in kept if witness]
            key = _public_key() if settings.AUDIT_KEY.exists() else ""
            with _reading(args.database) as link:
                own = verifier.Source("this installation", _own_heads(link), own=True)
                verdict = verifier.verify(verifier.rows_of_database(link), [*sources, own], key=key)
    except verifier.Unreadable as error:
        raise WrongInput(str(error)) from None
    if args.json:
        print_json({"whole": verdict.whole, **verdict.__dict__})
    else:
        said = verifier.told(verdict, pinned=bool(key))
        print(said, file=None if verdict.whole else sys.stderr)
    return 0 if verdict.whole else 1


def _is_there(witness: str) -> str:
    """Return the witness, empty for a file that holds nothing yet, and say so."""
    if "://" in witness or Path(witness).exists():
        return witness
    print(f"mekhala audit: {witness}: this witness keeps no head yet", file=sys.stderr)
    return ""


def _reading(database: str) -> Any:
    """Return a connection that may read the log; the application's own role may not."""
    import psycopg
    from django.db import connection

    from mekhala.config.database import link_as, read_url
    from mekhala.config.roles import OWNER

    if database:
        return psycopg.connect(**read_url(database))  # type: ignore[arg-type]
    try:
        return link_as(OWNER, connection.settings_dict)
    except psycopg.OperationalError:
        raise WrongInput(
            "DATABASE_URL: this login may not read the log; give one that may with --database"
        ) from None


def _own_heads(link: Any) -> list[dict[str, Any]]:
    """Return the heads this installation keeps; where the witnesses are lost, it is these."""
    words = ["size", "root", "chain", "last", "at", "key", "signature"]
    found = link.execute(f"select {', '.join(words)} from audit_head order by id").fetchall()
    return [dict(zip(words, row, strict=True)) for row in found]


def _witness(args: argparse.Namespace) -> int:
    with opened():
        from mekhala.jobs.witnessed_heads import witness_now

        shown = witness_now()
    refused = [answer.why for answer in shown if answer.why]
    if args.json:
        print_json({"kept_by": [a.witness for a in shown if not a.why], "refused": refused})
        return 1 if refused else 0
    for answer in shown:
        if answer.why:
            print(f"Not kept. {answer.why}", file=sys.stderr)
        else:
            print(f"Kept by {answer.witness}")
    if len(shown) < 2:
        print("MEKHALA_WITNESSES names fewer than two witnesses; name one on another machine")
    return 1 if refused else 0


def _key(_args: argparse.Namespace) -> int:
    from mekhala.cli.installation import SETTINGS

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    print(_public_key())
    return 0


def _public_key() -> str:
    from django.conf import settings

    from mekhala.safeguards.audit.heads import public_of, signing_key

    return public_of(signing_key(settings.AUDIT_KEY))


def _export(args: argparse.Namespace) -> int:
    """Write the entries to a new file that only its owner can read; nothing half-written stays."""
    from mekhala.safeguards.audit.verifier import rows_of_database

    if args.file.exists():
        raise WrongInput(f"{args.file}: is there already; name a new file")
    part = args.file.with_name(args.file.name + ".part")
    try:
        with opened(), _reading(args.database) as link, _private(part) as out:
            count = 0
            for line in _lines(rows_of_database(link)):
                out.write(line)
                count += 1
        part.rename(args.file)
    finally:
        part.unlink(missing_ok=True)
    print(f"{args.file}: {count} entries")
    return 0


def _private(path: Path) -> Any:
    return open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8")  # noqa: PTH123 - the mode is set before a byte is written


def _lines(rows: Iterator[Any]) -> Iterator[str]:
    for row in rows:
        yield json.dumps(row._asdict(), ensure_ascii=False) + "\n"


def _serve(args: argparse.Namespace) -> int:
    """Answer as a witness until told to stop; no database and no Django."""
    from mekhala.config.home import home
    from mekhala.safeguards.audit.witness_server import WitnessServer
    from mekhala.safeguards.audit.witnesses import FileWitness

    if not 1 <= args.port <= 65534:
        raise WrongInput(f"PORT: {args.port} is no port; expected a number from 1 to 65534")
    kept = args.keep or home() / "kept-heads.jsonl"
    with WitnessServer(args.host, args.port, FileWitness(kept, key=args.key)) as server:
        print(f"Witness at http://{args.host}:{args.port}, heads in {kept}", flush=True)
        server.serve_forever()
    return 0

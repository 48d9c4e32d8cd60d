"""Files of keys: an officer's identity, and the key service's folder, saved and brought back."""

import argparse
from datetime import UTC, datetime
from pathlib import Path

from mekhala.core.wrong_input import WrongInput


def recipient(args: argparse.Namespace) -> str:
    """Make an identity file; return the recipient that backups are made to."""
    from mekhala.backup.custodians import make_identity

    return make_identity(args.file)


def save(args: argparse.Namespace) -> str:
    """Seal the folder to the officers; return one sentence."""
    from mekhala import __version__
    from mekhala.backup.custodians import recipients_of
    from mekhala.backup.key_folder import packed_folder
    from mekhala.backup.sealed_file import write_sealed

    at = datetime.now(UTC)
    recipients = recipients_of(args.to)
    data, manifest = packed_folder(_folder(args), version=__version__, at=at)
    path = args.into / f"mekhala-keys-{at:%Y%m%dT%H%M%SZ}.backup"
    write_sealed(path, data, recipients, manifest=lambda: manifest)
    return f"{path}: {', '.join(manifest['files'])}; keep it apart from every dump"


def bring_back(args: argparse.Namespace) -> str:
    """Open the file and put the folder back; return one sentence."""
    from mekhala.backup.custodians import identities_from
    from mekhala.backup.key_folder import unpacked_folder
    from mekhala.backup.sealed_file import SealedFile

    pieces: list[bytes] = []
    manifest = SealedFile(args.file, identities_from(args.identity)).read(pieces.append)
    if manifest.get("kind") != "keys":
        raise WrongInput(f"{args.file}: holds a {manifest.get('kind')}; expected keys")
    folder = _folder(args)
    erased = unpacked_folder(b"".join(pieces), folder, name=str(args.file))
    return (
        f"{folder}: keys of {manifest['at'][:16]} UTC, {erased} numbers on the list of the erased"
    )


def _folder(args: argparse.Namespace) -> Path:
    from mekhala.config.home import home

    return Path(args.keys) if args.keys else home() / "keys"

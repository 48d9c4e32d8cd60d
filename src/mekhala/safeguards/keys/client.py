"""Asking the key service: one connection, one answer, a short patience."""

import os
import socket
from pathlib import Path
from typing import Any

from mekhala.safeguards.keys import protocol
from mekhala.safeguards.keys.errors import KeyServiceDown, Refused

PATIENCE = 2.0  # seconds until the service counts as down
PATIENCE_WITH_MANY = 30.0  # for thousands of keys at once


def ask(
    place: str | Path, request: dict[str, Any], *, patience: float = PATIENCE
) -> dict[str, Any]:
    """Return the service's answer to ``request``; ``place`` is its socket.

    Raises ``KeyServiceDown``; ``Refused`` with the service's code.
    """
    try:
        with socket.socket(socket.AF_UNIX) as link:
            link.settimeout(patience)
            link.connect(str(place))
            protocol.send(link, request)
            answer = protocol.receive(link)
    except (OSError, protocol.Malformed):
        raise KeyServiceDown from None
    if answer is None:
        raise KeyServiceDown
    if "refused" in answer:
        raise Refused(str(answer["refused"]))
    return answer


def keep_public(place: Path, status: dict[str, Any]) -> None:
    """Keep the version and public key of a service's status, to seal to while it is down."""
    fresh = place.with_name(f"{place.name}.{os.getpid()}")
    fresh.touch(mode=0o600)
    fresh.write_text(f"{status['version']} {status['public']}", encoding="ascii")
    fresh.replace(place)


def kept_public(place: Path) -> tuple[int, bytes] | None:
    """Return the version and public key that were kept; None where no service was ever met."""
    try:
        version, public = place.read_text(encoding="ascii").split()
    except (OSError, ValueError):
        return None
    return int(version), protocol.unpacked(public)

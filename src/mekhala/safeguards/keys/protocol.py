"""How the two sides talk: four bytes of length, then one JSON object; binary as base64."""

import base64
import json
import socket
import struct
from typing import Any

LONGEST = 8 * 2**20  # bytes of one message: 20,000 wrapped keys
_LENGTH = struct.Struct(">I")


class Malformed(Exception):  # noqa: N818 - what the message is
    """What came is no message of this protocol, or the other side left in the middle of one."""


def send(link: socket.socket, message: dict[str, Any]) -> None:
    """Send one message."""
    body = json.dumps(message, separators=(",", ":")).encode()
    if len(body) > LONGEST:
        raise Malformed
    link.sendall(_LENGTH.pack(len(body)) + body)


def receive(link: socket.socket) -> dict[str, Any] | None:
    """Return the next message; None when the other side has ended. Raises ``Malformed``."""
    head = _exactly(link, _LENGTH.size, may_end=True)
    if head is None:
        return None
    (length,) = _LENGTH.unpack(head)
    if length > LONGEST:
        raise Malformed
    try:
        message = json.loads(_exactly(link, length) or b"")
    except (ValueError, RecursionError):
        raise Malformed from None
    if not isinstance(message, dict):
        raise Malformed
    return message


def _exactly(link: socket.socket, count: int, *, may_end: bool = False) -> bytes | None:
    parts, missing = [], count
    while missing:
        part = link.recv(min(missing, 2**20))
        if not part:
            if may_end and missing == count:
                return None
            raise Malformed
        parts.append(part)
        missing -= len(part)
    return b"".join(parts)


def packed(data: bytes) -> str:
    """Return bytes as the text that travels."""
    return base64.b64encode(data).decode()


def unpacked(text: object) -> bytes:
    """Return the bytes of a text that travelled. Raises ``Malformed``."""
    try:
        return base64.b64decode(str(text).encode(), validate=True)
    except ValueError:
        raise Malformed from None

"""What a browser in the field seals when a form is finished, and how it is opened here.

The body is 80 bytes of HPKE (the key of this one envelope, for the key service), 12 bytes of
nonce, then AES-256-GCM of the contents, bound to the number of the envelope and the version of the
key. The contents: four bytes of length (big-endian), that many of JSON naming each part and its
size, the parts one after another, and zeros up to the next 4,096 bytes, so that the length says
little. ``web/assets/src/field/sealing.js`` writes it.
"""

import json
import struct
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from mekhala.forms.services.attaching import SentFile
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.keys.asking import ask
from mekhala.safeguards.keys.errors import KeyServiceDown, Refused
from mekhala.safeguards.keys.field_keys import SEALED, bound, seal
from mekhala.safeguards.keys.protocol import packed, unpacked
from mekhala.safeguards.keys.wrapping import NONCE

XML_PART = "xml_submission_file"
BLOCK = 4096
LONGEST_LIST, MOST_PARTS = 64 * 1024, 101
_LENGTH = struct.Struct(">I")


class DoesNotOpen(Exception):  # noqa: N818 - what happened
    """No key of ours opens it, or it is not what was sealed."""


class NotRead(Exception):  # noqa: N818 - what happened
    """It opened, and its contents are not laid out as they should be."""


class NotNow(Exception):  # noqa: N818 - its state
    """The key service is away, or enough was opened for now: the phone asks again later."""


class Contents(NamedTuple):
    """The filled form and its files."""

    xml: bytes
    files: list[SentFile]


def opened(body: bytes, *, envelope: str, version: int, by: Officer) -> Contents:
    """Return what is in an envelope. Raises ``DoesNotOpen``, ``NotRead`` or ``NotNow``."""
    key = _key(body[:SEALED], envelope, version, by)
    nonce, sealed = body[SEALED : SEALED + NONCE], body[SEALED + NONCE :]
    try:
        plain = AESGCM(key).decrypt(nonce, sealed, bound(envelope, version))
    except (InvalidTag, ValueError):
        raise DoesNotOpen from None
    return _read(plain)


def _key(sealed: bytes, envelope: str, version: int, by: Officer) -> bytes:
    asked = {"op": "unseal", "actor": str(by.pk), "envelope": envelope, "version": version,
             "sealed": packed(sealed)}  # fmt: skip
    try:
        return unpacked(ask(asked)["key"])
    except KeyServiceDown:
        raise NotNow from None
    except Refused as refusal:
        raise (NotNow if refusal.why == "quota" else DoesNotOpen) from None


def _read(plain: bytes) -> Contents:
    try:
        (length,) = _LENGTH.unpack_from(plain)
        if length > LONGEST_LIST:
            raise NotRead
        at = _LENGTH.size + length
        parts = json.loads(plain[_LENGTH.size : at])["parts"]
        if not 0 < len(parts) <= MOST_PARTS:
            raise NotRead
        files = []
        for part in parts:
            size = int(part["size"])
            if size < 0 or at + size > len(plain):
                raise NotRead
            name, kind = str(part["name"])[:200], str(part["type"])[:100]
            files.append(SentFile(name=name, content_type=kind, content=plain[at : at + size]))
            at += size
    except (struct.error, ValueError, KeyError, TypeError, RecursionError):
        raise NotRead from None
    if files[0].name != XML_PART:
        raise NotRead
    return Contents(files[0].content, files[1:])


def sealed_as_a_browser_does(
    xml: bytes, files: list[SentFile], *, envelope: str, version: int, public: bytes
) -> bytes:
    """Return the body a browser would send: for whoever checks the opening side."""
    import os

    parts = [SentFile(name=XML_PART, content_type="text/xml", content=xml), *files]
    said = [{"name": p.name, "type": p.content_type, "size": len(p.content)} for p in parts]
    listed = json.dumps({"v": 1, "parts": said}).encode()
    plain = _LENGTH.pack(len(listed)) + listed + b"".join(p.content for p in parts)
    plain += bytes(-len(plain) % BLOCK)
    key, nonce = os.urandom(32), os.urandom(NONCE)
    sealed = AESGCM(key).encrypt(nonce, plain, bound(envelope, version))
    return seal(key, public, envelope, version) + nonce + sealed

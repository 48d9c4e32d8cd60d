"""The log's key under a manifest: this installation made the backup, nobody who knows the officers.

age says who may open a file, not who made it: whoever knows two recipients can make one. The key
is that of the heads of the log (Ed25519, RFC 8032), under words of its own.
"""

import json

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from mekhala.backup.sealed_file import Manifest
from mekhala.core.wrong_input import WrongInput
from mekhala.safeguards.audit.heads import public_of

DOMAIN = b"mekhala backup manifest 1\n"
OUTSIDE = ("signature", "size", "sha256")  # added later: size and digest are proven by age


def signed(manifest: Manifest, key: Ed25519PrivateKey) -> Manifest:
    """Return the manifest with the public key and a signature over it."""
    said = manifest | {"key": public_of(key)}
    return said | {"signature": key.sign(_spelling(said)).hex()}


def check_signed(manifest: Manifest, public: str, *, name: str) -> None:
    """Refuse a manifest that the key with this public half (hexadecimal) did not sign."""
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public))
        key.verify(bytes.fromhex(manifest["signature"]), _spelling(manifest))
    except (InvalidSignature, KeyError, TypeError, ValueError):
        raise WrongInput(
            f"{name}: is not signed with the log's key {public[:12]}…; "
            "expected a backup that this installation has made"
        ) from None


def _spelling(manifest: Manifest) -> bytes:
    said = {word: value for word, value in manifest.items() if word not in OUTSIDE}
    return DOMAIN + json.dumps(said, sort_keys=True, separators=(",", ":")).encode()

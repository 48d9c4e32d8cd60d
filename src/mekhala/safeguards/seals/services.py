"""Sealing a paper, taking the seal back, and answering a stranger who checks it."""

import hashlib
import secrets
from datetime import date, datetime
from typing import Literal

from django.db import connection
from django.utils.crypto import salted_hmac

from mekhala.core.check_digit import ALPHABET
from mekhala.core.cryptography import Use
from mekhala.safeguards.seals.models import Seal

GUESSES_HASH = "sha256"
USES = (
    Use(
        what="counting guesses at a paper's code without keeping from where",
        algorithm=f"HMAC-{GUESSES_HASH}", standard="RFC 2104",
        key_bits=hashlib.new(GUESSES_HASH).digest_size * 8,
        lies="derived from MEKHALA_SECRET_KEY or secrets/django", owner="administrator",
        rotation="with the secret: counts begin anew",
    ),
)  # fmt: skip
CODE_LENGTH = 10  # 31^10 ≈ 8e14: not to be guessed through a page that answers one at a time


def seal(number: str, *, on: date) -> str:
    """Return the code printed beside ``number``; only the digest of both is kept."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    Seal.objects.create(digest=digest_of(number, code), issued_on=on)
    return code


def withdraw(number: str, code: str, *, on: date) -> None:
    """Mark the paper with this number and code as withdrawn."""
    Seal.objects.filter(digest=digest_of(number, code)).update(withdrawn_on=on)


def answer_stranger(
    number: str, code: str, *, address: str, at: datetime
) -> Literal["valid", "withdrawn", "not_valid", "wait"]:
    """Say whether the paper stands, to somebody at ``address``; *wait* to who guesses too often.

    Wrong answers are counted for an hour, by address and by number, whether that number exists
    or not. Every answer takes the same one statement.
    """
    keys = [_key("number", _plain(number)), _key("address", address),
            _key("both", f"{_plain(number)}|{address}")]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(
            "select seals_check(%s, %s, %s, %s, %s)", [digest_of(number, code), *keys, at]
        )
        state: Literal["valid", "withdrawn", "not_valid", "wait"] = cursor.fetchone()[0]
        return state


def digest_of(number: str, code: str) -> str:
    """Return the digest of a number and its code, whatever spaces they were typed with."""
    return hashlib.sha256(_plain(f"{number}|{code}").encode()).hexdigest()


def _plain(typed: str) -> str:
    return "".join(typed.upper().replace("-", "").split())


def _key(kind: str, what: str) -> str:
    """Return the digest under which guesses are counted; without the secret it tells nobody."""
    return salted_hmac(f"mekhala.seals.{kind}", what, algorithm=GUESSES_HASH).hexdigest()

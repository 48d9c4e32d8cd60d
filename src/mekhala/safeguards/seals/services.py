"""Sealing a paper, and taking the seal back."""

import hashlib
import secrets
from datetime import date

from mekhala.core.check_digit import ALPHABET
from mekhala.safeguards.seals.models import Seal

CODE_LENGTH = 10  # 31^10 ≈ 8e14: not to be guessed through a page that answers one at a time


def seal(number: str, *, on: date) -> str:
    """Return the code printed beside ``number``; only the digest of both is kept."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    Seal.objects.create(digest=digest_of(number, code), issued_on=on)
    return code


def withdraw(number: str, code: str, *, on: date) -> None:
    """Mark the paper with this number and code as withdrawn."""
    Seal.objects.filter(digest=digest_of(number, code)).update(withdrawn_on=on)


def digest_of(number: str, code: str) -> str:
    """Return the digest of a number and its code, whatever spaces they were typed with."""
    plain = "".join(f"{number}|{code}".upper().replace("-", "").split())
    return hashlib.sha256(plain.encode()).hexdigest()

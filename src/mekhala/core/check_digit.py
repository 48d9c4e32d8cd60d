"""Numbers people read aloud and copy by hand: random, meaningless, with a check character.

The alphabet is 31 signs without I, L, O, U and S, which are mistaken for 1, 0, V and 5. 31 is
prime, so a weighted sum modulo 31 with distinct non-zero weights detects every single wrong
sign and every swap of two signs (Wagner & Putter 1989, on prime-modulus check digits).
"""

import secrets
from collections.abc import Callable

ALPHABET = "0123456789ABCDEFGHJKMNPQRTVWXYZ"
LENGTH = 7
_VALUE = {sign: value for value, sign in enumerate(ALPHABET)}


def new_number(prefix: str, below: Callable[[int], int] = secrets.randbelow) -> str:
    """Return a fresh number such as ``MK-7F3Q-29KX``; ``below(n)`` draws from 0 to n-1."""
    body = "".join(ALPHABET[below(len(ALPHABET))] for _ in range(LENGTH))
    return _spelled(prefix, body + check_sign(body))


def check_sign(body: str) -> str:
    """Return the sign that makes the weighted sum of ``body`` and itself zero modulo 31."""
    total = sum(weight * _VALUE[sign] for weight, sign in enumerate(body, start=2))
    return ALPHABET[-total % len(ALPHABET)]


def is_right(number: str, prefix: str) -> bool:
    """Return whether ``number`` has the prefix, the length and the right check sign."""
    signs = number.upper().replace("-", "").removeprefix(prefix)
    if number.upper()[: len(prefix)] != prefix or len(signs) != LENGTH + 1:
        return False
    return set(signs) <= set(ALPHABET) and check_sign(signs[:-1]) == signs[-1]


def tidy(number: str, prefix: str) -> str:
    """Return ``number`` as it is kept, whatever spaces, case and dashes it was typed with."""
    signs = "".join(number.upper().replace("-", " ").split()).removeprefix(prefix)
    return _spelled(prefix, signs)


def _spelled(prefix: str, signs: str) -> str:
    return f"{prefix}-{signs[:4]}-{signs[4:]}"

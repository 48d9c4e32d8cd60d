"""Which second factor each role must show, and whether a session has shown it (R-40).

Roles that may see where somebody is, or who is accused, need a passkey that made sure who used
it (WebAuthn with user verification). Statisticians and administrators see nobody and may use
one-time codes instead. There is no factor by telephone or letter, and no list of spare codes.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from mekhala.safeguards.access.purposes import Role

PASSKEY, CODES = "webauthn", "totp"
CODES_ARE_ENOUGH = frozenset({Role.STATISTICIAN, Role.ADMINISTRATOR})
FRESH = 15 * 60  # seconds

type Records = Iterable[Mapping[str, Any]]


def accepted_for(role: str, *, is_invented: bool) -> frozenset[str]:
    """Return the kinds of factor one of which the role must show.

    ``is_invented``: everybody in this installation is invented, so that codes do for everyone.
    """
    codes = is_invented or Role(role) in CODES_ARE_ENOUGH
    return frozenset({PASSKEY, CODES} if codes else {PASSKEY})


def shown_in(records: Records, accepted: frozenset[str]) -> bool:
    """Return whether the session's ``records`` hold an accepted factor.

    A record is what allauth keeps: ``{"method": "mfa", "type": "webauthn", "at": 1701423602.6}``.
    """
    return any(_is_one_of(record, accepted) for record in records)


def shown_lately(records: Records, accepted: frozenset[str], *, now: float) -> bool:
    """Return whether an accepted factor was shown in the last 15 minutes (``now``: epoch, s)."""
    return any(_is_one_of(r, accepted) and 0 <= now - r["at"] < FRESH for r in records)


def _is_one_of(record: Mapping[str, Any], accepted: frozenset[str]) -> bool:
    return record.get("method") == "mfa" and record.get("type") in accepted

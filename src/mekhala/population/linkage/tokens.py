"""Tokens for linkage, made by the key service: the key that makes them is not here."""

from collections.abc import Sequence
from itertools import batched

from mekhala.population.linkage.errors import NoTokensNow, TooManyTokens
from mekhala.safeguards.keys.asking import ask
from mekhala.safeguards.keys.client import PATIENCE_WITH_MANY
from mekhala.safeguards.keys.errors import KeyServiceDown, Refused
from mekhala.safeguards.keys.service import LONGEST, MOST_AT_ONCE


def made(strings: Sequence[str], *, actor: str) -> list[str]:
    """Return the token of each string, 64 hexadecimal digits, in order.

    ``actor`` is noted by the service with how many. A string of more than 1,000 characters is cut
    there. Raises ``NoTokensNow``, ``TooManyTokens``.
    """
    tokens: list[str] = []
    try:
        for part in batched([s[:LONGEST] for s in strings], MOST_AT_ONCE):
            asked = {"op": "link", "actor": actor, "items": list(part)}
            tokens += ask(asked, patience=PATIENCE_WITH_MANY)["tokens"]
    except KeyServiceDown:
        raise NoTokensNow from None
    except Refused as refusal:
        raise (TooManyTokens if refusal.why == "quota" else NoTokensNow) from None
    return tokens

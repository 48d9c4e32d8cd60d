"""Whether a paper is one of ours. Nothing here changes anything."""

from typing import Literal

from mekhala.safeguards.seals.models import Seal
from mekhala.safeguards.seals.services import digest_of

State = Literal["valid", "withdrawn", "not_valid"]


def check(number: str, code: str) -> State:
    """Say whether the paper stands; nothing else is known here to say."""
    found = Seal.objects.filter(digest=digest_of(number, code)).first()
    if found is None:
        return "not_valid"
    return "withdrawn" if found.withdrawn_on else "valid"

"""How long a session stands: 10 minutes without anything done, 8 hours in all (R-42).

The two instants lie in the session itself (``began``, ``seen``; seconds since 1970). A session
without them was not begun by signing in here, and does not stand.
"""

from collections.abc import Mapping, MutableMapping
from typing import Any

from mekhala.safeguards.signing.models import Ended

IDLE, HOURS = 10 * 60, 8 * 3600  # seconds
NOTED_EVERY = 30  # seconds: so often a session is written anew; the limit counts from there
TOLD_IDLE = IDLE - NOTED_EVERY  # what pages count to, so that they never promise too much


def begin(session: MutableMapping[str, Any], *, now: float) -> None:
    """Let the session begin at ``now``."""
    session["began"] = session["seen"] = int(now)


def why_over(session: Mapping[str, Any], *, now: float) -> Ended | None:
    """Return why the session no longer stands at ``now``, None if it stands."""
    began, seen = session.get("began"), session.get("seen")
    if not isinstance(began, int) or not isinstance(seen, int):
        return Ended.ACCOUNT
    if now - began >= HOURS:
        return Ended.HOURS
    return Ended.IDLE if now - seen >= IDLE else None


def is_to_be_noted(session: Mapping[str, Any], *, now: float) -> bool:
    """Return whether it is time to write down that something was done."""
    return now - session["seen"] >= NOTED_EVERY

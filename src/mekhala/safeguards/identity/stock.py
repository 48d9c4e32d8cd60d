"""Data keys made ahead, for whom nothing was ever written about: whoever a filled form tells of.

The key service is asked for several at once, each bound to a number made for it; a number and its
key are given out once. What is not used within a minute is thrown away, and while the service does
not answer nothing is made ahead: what it wraps is safer than what is sealed to its public key.
"""

import threading
import time
from collections import deque
from collections.abc import Callable

from mekhala.safeguards.identity import datakeys, narrative
from mekhala.safeguards.keys.service import WRAPPED

AHEAD, SECONDS = 16, 60.0
_stock: deque[tuple[float, datakeys.Made]] = deque()
_alone = threading.Lock()


def new_person(new_number: Callable[[], str]) -> str:
    """Return a new number whose data key is kept, to write with until the transaction ends.

    Raises ``CannotBeKeptNow`` where no key service was ever met.
    """
    made = new_key(new_number)
    narrative.keep([made])
    return made[1].subject


def new_key(new_number: Callable[[], str]) -> datakeys.Made:
    """Return a data key with its row and a new number in it; the caller keeps the row.

    Raises ``CannotBeKeptNow`` where no key service was ever met.
    """
    return _taken() or _made_ahead(new_number)


def clear() -> None:
    """Throw away what was made ahead."""
    _stock.clear()


def _taken() -> datakeys.Made | None:
    oldest = time.monotonic() - SECONDS
    with _alone:
        while _stock:
            at, made = _stock.popleft()
            if at >= oldest:
                return made
    return None


def _made_ahead(new_number: Callable[[], str]) -> datakeys.Made:
    """Return one of several made at once, and keep the others for later."""
    numbers = narrative.next_numbers(AHEAD)
    first, *others = datakeys.made([(new_number(), number) for number in numbers])
    if first[1].form == WRAPPED:
        now = time.monotonic()
        with _alone:
            _stock.extend((now, made) for made in others)
    return first

"""What a use of cryptography says of itself, so that the inventory is read from the code (R-37).

A module that holds or uses a key declares ``USES``, its figures taken from its own constants.
"""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Use:
    """One use of one kind of key. ``key_bits`` is its length; ``lies`` where the key is kept."""

    what: str
    algorithm: str
    standard: str
    key_bits: int
    lies: str
    owner: str
    rotation: str

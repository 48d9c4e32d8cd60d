"""What is held for one transaction and thrown away at its end: data keys that were opened.

It lives in a context variable, one for each ``acting_for``; outside of one nothing is held. What
was made in a savepoint that is undone does not stand any more and is not used again.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from django.db import connection, transaction

type Mark = Callable[[], None]


@dataclass(frozen=True)
class HeldKey:
    """One data key (32 bytes) with its number, and whether its row still stands."""

    number: int
    key: bytes
    mark: Mark


@dataclass(frozen=True)
class Held:
    """Data keys by number of a person: one to write with, and all that were opened.

    ``refused`` keeps why something was not opened, for whoever swallows it on its way out.
    """

    writing: dict[str, HeldKey] = field(default_factory=dict)
    opened: dict[str, tuple[dict[int, bytes], Mark]] = field(default_factory=dict)
    refused: list[Exception] = field(default_factory=list)


_held: ContextVar[Held | None] = ContextVar("data_keys_held", default=None)


@contextmanager
def holding() -> Iterator[None]:
    """Hold what is opened until the block ends; what an outer block holds is not seen in it."""
    token = _held.set(Held())
    try:
        yield
    finally:
        _held.reset(token)


def current() -> Held:
    """Return what is held now; outside of ``holding`` something empty nobody keeps."""
    return _held.get() or Held()


def forget() -> None:
    """Throw away what is held: another officer acts from here on."""
    held = current()
    held.writing.clear()
    held.opened.clear()


def mark() -> Mark:
    """Return a mark that stands as long as no savepoint around it is undone.

    It lives in Django's list of what to do on commit, which undoing a savepoint shortens.
    """
    made: Mark = lambda: None  # noqa: E731 - each one another object
    transaction.on_commit(made)
    return made


def stands(marked: Mark) -> bool:
    """Return whether what was done with this mark still stands in the transaction."""
    return any(hook[1] is marked for hook in connection.run_on_commit)

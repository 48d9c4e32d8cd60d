"""What is said about a person, sealed with a data key of that person and opened for one request.

AES-256-GCM with a random 96-bit nonce (NIST SP 800-38D). What is sealed is bound to its place:
table, person, field, the columns that say which row it is, and the number of the key (R-30,
R-31). It lies as: key number (4 bytes) | nonce (12) | ciphertext with tag, filled up to a
multiple of 32 bytes first. There is no way around it: without a key nothing is kept.
"""

import json
import os
import struct
import zlib
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from mekhala.core.cryptography import Use
from mekhala.safeguards import prepared
from mekhala.safeguards.access import held
from mekhala.safeguards.access.held import HeldKey
from mekhala.safeguards.identity import datakeys
from mekhala.safeguards.identity.errors import (
    NOT_OPENED,
    NameNotShown,
    WordsDamaged,
    WordsGone,
    WordsNotOpened,
)
from mekhala.safeguards.identity.models import DESTROYED, DataKey
from mekhala.safeguards.identity.rewrapping import take_in
from mekhala.safeguards.identity.sealing import BLOCK, NONCE, DoesNotOpen, number_of

_HEAD, _FORM = struct.Struct(">I"), struct.Struct(">?I")  # number; packed or not, length
_WORTH_PACKING = 512  # bytes; an assessment of 28,000 is packed to a seventh
USES = (
    Use(
        what="what is said about a person: every text, form and letter",
        algorithm=f"AES-GCM, nonce {NONCE * 8} bits, bound to table, person, field, row and key",
        standard="NIST SP 800-38D", key_bits=datakeys.BITS,
        lies="database, wrapped by the key service", owner="nobody alone",
        rotation="a new one each time the person is written about unread; wrapped anew each year",
    ),
)  # fmt: skip
# Whoever may not see a key row that was just written must not be shown it: no RETURNING.
_KEEP = """
insert into identity_datakey (subject, number, form, version, wrapped)
select * from unnest(%s::text[], %s::int[], %s::text[], %s::int[], %s::bytea[])
"""
_NUMBERS = "select nextval('identity_key_number') from generate_series(1, %s)"
_KEYS = """
select k.*, coalesce(nullif(current_setting('mekhala.officer', true), ''), '') as actor,
  (select string_agg(distinct g.purpose, '+') from access_grant g where g.file_number = k.subject
    and g.officer_id = nullif(current_setting('mekhala.officer', true), '')::bigint
    and g.until > now()) as purpose
from identity_datakey k where k.subject = %s order by k.number
"""


@dataclass(frozen=True)
class Place:
    """Where a text belongs; ``row`` holds the columns that say which row it is."""

    table: str
    person: str
    field: str
    row: tuple[str, ...] = ()

    def bound(self, number: int) -> bytes:
        """Return the associated data under key ``number``."""
        return json.dumps([self.table, self.person, self.field, *self.row, number]).encode()


def sealed(said: bytes, place: Place) -> bytes:
    """Return ``said`` sealed for ``place`` with the key the person is written with now.

    Raises ``CannotBeKeptNow`` where no key service was ever met, ``NameGone`` for one erased.
    """
    now = writing_key(place.person)
    return seal(now.key, now.number, said, place)


def opened(lies: bytes, place: Place) -> bytes:
    """Return what was sealed for ``place``. Raises ``WordsNotOpened``."""
    try:
        return open_with(_opened_keys(place.person), lies, place)
    except (DoesNotOpen, WordsNotOpened) as why:
        refusal = why if isinstance(why, WordsNotOpened) else WordsDamaged()
        held.current().refused.append(refusal)
        raise refusal from None


def seal(key: bytes, number: int, said: bytes, place: Place) -> bytes:
    """Return ``said`` sealed under ``key`` (32 bytes) and its ``number``."""
    packed = zlib.compress(said, 1) if len(said) >= _WORTH_PACKING else said
    less = len(packed) < len(said)
    filled = _FORM.pack(less, len(packed if less else said)) + (packed if less else said)
    filled += bytes(-len(filled) % BLOCK)
    nonce = os.urandom(NONCE)
    return _HEAD.pack(number) + nonce + AESGCM(key).encrypt(nonce, filled, place.bound(number))


def open_with(keys: dict[int, bytes], lies: bytes, place: Place) -> bytes:
    """Return what was sealed; ``keys`` by number. Raises ``DoesNotOpen``."""
    number, start = number_of(lies), _HEAD.size + NONCE
    try:
        filled = AESGCM(keys[number]).decrypt(
            lies[_HEAD.size : start], lies[start:], place.bound(number)
        )
    except (InvalidTag, KeyError, ValueError):
        raise DoesNotOpen from None
    is_packed, length = _FORM.unpack(filled[: _FORM.size])
    said = filled[_FORM.size : _FORM.size + length]
    return zlib.decompress(said) if is_packed else said


def writing_key(person: str) -> HeldKey:
    """Return the key to write about a person with: one held already, else a new one.

    A person whose words are open in this transaction is written about with the newest of those
    keys; nobody is opened in order to be written about.
    """
    now = held.current()
    found = now.writing.get(person)
    if found and held.stands(found.mark):
        return found
    keys, mark = now.opened.get(person, ({}, None))
    if keys and mark and held.stands(mark):
        return HeldKey(max(keys), keys[max(keys)], mark)
    return prepare([person])[person]


def prepare(people: Collection[str]) -> dict[str, HeldKey]:
    """Make a new data key for each person, kept at once, to write with until the block ends."""
    if not people:
        return {}
    return keep(datakeys.made(list(zip(people, next_numbers(len(people)), strict=True))))


def keep(made: Collection[datakeys.Made]) -> dict[str, HeldKey]:
    """Keep new data keys, and write with them for the rest of the transaction."""
    rows = [row for _key, row in made]
    columns = [
        [getattr(row, f) for row in rows]
        for f in ("subject", "number", "form", "version", "wrapped")
    ]
    prepared.execute(_KEEP, columns)
    return hold(made)


def hold(made: Collection[datakeys.Made]) -> dict[str, HeldKey]:
    """Write with these keys, just kept, for the rest of the transaction."""
    mark = held.mark()
    keys = {row.subject: HeldKey(row.number, key, mark) for key, row in made}
    held.current().writing.update(keys)
    return keys


def next_numbers(count: int) -> list[int]:
    """Return numbers for new data keys: higher than any drawn before, whoever draws."""
    return [number for (number,) in prepared.execute(_NUMBERS, [count])]


def _opened_keys(person: str) -> dict[int, bytes]:
    """Return all data keys of a person, asked for once in a transaction."""
    now = held.current()
    keys, mark = now.opened.get(person, (None, None))
    if keys is None or mark is None or not held.stands(mark):
        keys = _unwrapped(person)
        now.opened[person] = keys, held.mark()
    written = now.writing.get(person)
    return keys | {written.number: written.key} if written else keys


def open_to_take_over(form: str) -> None:
    """Hold the keys of a filled form, given once ever, until the transaction ends.

    What was taken over before is opened when it is read, as a person is. Raises ``WordsNotOpened``.
    """
    rows, actor = _rows_of(form)
    with _in_words():
        keys = datakeys.taken_over(rows, actor=actor)
    if keys is not None:
        held.current().opened[form] = keys, held.mark()


def _unwrapped(person: str) -> dict[int, bytes]:
    rows, actor = _rows_of(person)
    with _in_words():
        keys = datakeys.unwrapped(rows, actor=actor, purpose=rows[0].purpose or "answers")
    take_in(rows)
    return keys


def _rows_of(person: str) -> tuple[list[Any], str]:
    """Return the rows of a person's data keys and who asks for them."""
    rows: list[Any] = list(DataKey.objects.raw(_KEYS, [person]))
    if not rows or any(row.form == DESTROYED for row in rows):
        raise WordsGone if rows else WordsDamaged
    return rows, f"officer:{rows[0].actor}" if rows[0].actor else "system"


@contextmanager
def _in_words() -> Iterator[None]:
    """Say of words what the service says of names."""
    try:
        yield
    except NameNotShown as refusal:
        raise NOT_OPENED.get(refusal.code, WordsNotOpened) from None

"""From a record to its tokens: vectors of bits, each under the salt it is compared within.

A record has a vector for each script its name is written in, under each of its salts: the spans
of years it may be born in, and its province. Spans overlap by half, so that two years next to
each other always share one. Two vectors are compared where block and so script and salt are the
same; a wrong year is met again by the province, a missing province by the year. One token more
is the national number, which agrees exactly or not at all. What knows neither a year, nor a
place, nor a number has no token: it could only be guessed.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from mekhala.core.matching.encoding.parameters import HARDENED, Parameters
from mekhala.core.matching.encoding.project_key import ProjectKey, expanded, positions
from mekhala.core.matching.encoding.statements import Said, Statement, said_by

MOST_SPANS = 8  # a year known no better than within fifteen names no block
BLOCK = 16  # hexadecimal digits of a block: enough that two never meet by chance
WORD = 64  # bits

type Progress = Callable[[int, int], None]
type Bits = NDArray[np.uint64]  # shape (vectors, length / 64)


@dataclass(frozen=True, kw_only=True)
class Tokens:
    """What is handed on of records: row i is of record ``owner[i]``, compared within ``block[i]``.

    ``records``: (source, record_id). ``bits``: shape (rows, length / 64); ``exact``: rows that
    agree by their block alone.
    """

    records: tuple[tuple[str, str], ...]
    owner: NDArray[np.int64]
    block: NDArray[np.str_]
    exact: NDArray[np.bool_]
    bits: Bits

    @property
    def without(self) -> int:
        """How many records have no token."""
        return len(self.records) - len(np.unique(self.owner))


@dataclass(frozen=True)
class Encoder:
    """A key and parameters, with what they make of a salt kept for the next record."""

    key: ProjectKey
    parameters: Parameters = HARDENED

    def tokens(
        self, records: Sequence[Mapping[str, str]], *, progress: Progress | None = None
    ) -> Tokens:
        """Return the tokens of records with the columns of ``records.COLUMNS``."""
        rows: list[tuple[int, str, bytes | None]] = []
        for number, record in enumerate(records):
            rows += [(number, *row) for row in self._rows(record)]
            if progress:
                progress(number + 1, len(records))
        return _gathered(records, rows, self.parameters.length // WORD)

    def _rows(self, record: Mapping[str, str]) -> Iterator[tuple[str, bytes | None]]:
        """Yield block and bits of each token of a record; None for a token without bits."""
        said = said_by(record)
        if said.national_id:
            yield self.key.derived("exact", said.national_id).hex()[:BLOCK], None
        spans = spans_of(said, self.parameters.years)
        for script in sorted(said.names):
            told = said.names[script] | said.others
            for salt in spans:
                under = self._salted(salt, script)
                noise = self._noise(record, salt, script)
                yield under.block, under.vector(told, noise).tobytes()

    def _salted(self, salt: str, script: str) -> "Salted":
        found = self._kept.get((salt, script))
        if found is None:
            found = Salted(self.key, self.parameters, salt, script)
            self._kept[salt, script] = found
        return found

    @cached_property
    def _kept(self) -> dict[tuple[str, str], "Salted"]:
        return {}

    def _noise(self, record: Mapping[str, str], salt: str, script: str) -> NDArray[np.bool_]:
        """Return which bits are turned: by chance, but the same whenever this record is encoded."""
        if not self.parameters.flipped:
            return np.zeros(self.parameters.length, bool)
        key = self.key.derived("flips", record["source"], record["record_id"], salt, script)
        drawn = np.frombuffer(expanded(key, self.parameters.length), np.uint8)
        return drawn < self.parameters.flipped


class Salted:
    """The encoding under one salt: where statements set bits, and which bits are joined."""

    def __init__(self, key: ProjectKey, parameters: Parameters, salt: str, script: str) -> None:
        """Draw what belongs to the salt; without salting all share what belongs to none."""
        self.parameters = parameters
        self.block = key.derived("block", salt, script).hex()[:BLOCK]
        used = (salt, script) if parameters.salted else ()
        self._key = key.derived("statements", *used)
        self._places: dict[Statement, list[int]] = {}
        self._mixed = _mixing(key.derived("diffusion", *used), parameters)

    def vector(self, told: Iterable[Statement], turned: NDArray[np.bool_]) -> NDArray[np.uint8]:
        """Return the vector of statements, ``turned`` where it says, packed to length / 8 bytes."""
        filled = np.zeros(self.parameters.length, bool)
        filled[list(chain.from_iterable(map(self._at, told)))] = True
        joined = np.bitwise_xor.reduce(filled[self._mixed], axis=0)
        return np.packbits(joined ^ turned)

    def _at(self, statement: Statement) -> list[int]:
        found = self._places.get(statement)
        if found is None:
            kind, value = statement
            count, length = self.parameters.positions[kind], self.parameters.length
            found = positions(self._key, f"{kind}|{value}".encode(), count, length)
            self._places[statement] = found
        return found


def _mixing(key: bytes, parameters: Parameters) -> NDArray[np.int64]:
    """Return which bits are joined into each bit, shape (mixed, length).

    Each row is a permutation drawn from the key, so that every bit counts equally often; with
    one row every bit is itself.
    """
    length = parameters.length
    if parameters.mixed == 1:
        return np.arange(length)[None, :]
    drawn = np.frombuffer(expanded(key, parameters.mixed * length * 8), ">u8")
    return np.argsort(drawn.reshape(parameters.mixed, length), axis=1, kind="stable")


def spans_of(said: Said, years: int) -> list[str]:
    """Return the salts of a record: every span of ``years`` it may be born in, and its place."""
    found = []
    if said.years:
        step = max(years // 2, 1)
        first = -(-(said.years[0] - years + 1) // step)
        spans = range(first, said.years[1] // step + 1)
        found = [f"born {n * step}" for n in spans] if len(spans) <= MOST_SPANS else []
    return found + ([f"place {said.place}"] if said.place else [])


def _gathered(
    records: Sequence[Mapping[str, str]],
    rows: Sequence[tuple[int, str, bytes | None]],
    words: int,
) -> Tokens:
    empty = bytes(words * 8)
    joined = b"".join(empty if bits is None else bits for _, _, bits in rows)
    return Tokens(
        records=tuple((record["source"], record["record_id"]) for record in records),
        owner=np.array([owner for owner, _, _ in rows], np.int64),
        block=np.array([block for _, block, _ in rows], f"U{BLOCK}"),
        exact=np.array([bits is None for _, _, bits in rows], bool),
        bits=np.frombuffer(joined, np.uint64).reshape(len(rows), words),
    )

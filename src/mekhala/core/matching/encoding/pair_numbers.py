"""What an agency hands on that keeps even its tokens: numbers of pairs, and nothing about a person.

    # mekhala pair numbers {"source": "shelters", "records": 120, "compared": {"police": 300}, …}
    number,source,record,probability
    17,police,P-0041,0.9931

The agency compared the tokens of others with its own at home. ``number`` is that of one of its own
records, 1 to ``records``, in an order that only its own tokens give and that therefore nobody else
can follow back to its register; ``record`` is the other list's record id, or a number of its own.
``compared``: how many records of each other list were compared, so that a zero is known to be one.
"""

import csv
import hashlib
import hmac
import io
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, BinaryIO

from mekhala.core.cryptography import Use
from mekhala.core.matching.encoding.token_rows import LONGEST_ID
from mekhala.core.matching.encoding.vectors import Tokens
from mekhala.core.table_cells import csv_text
from mekhala.core.wrong_input import WrongInput

MARK = "# mekhala pair numbers "
HEADS = ("number", "source", "record", "probability")
MOST = 5_000_000  # records of one list
USES = (
    Use(
        what="the order in which an agency numbers its own records for others",
        algorithm="HMAC-sha256", standard="RFC 2104", key_bits=256,
        lies="nowhere: made anew from all tokens of the list, at the agency",
        owner="the agency", rotation="with the list",
    ),
)  # fmt: skip

type Pair = tuple[int, int, float]
type Numbered = tuple[int, dict[str, Any]]


def own_numbers(tokens: Tokens, source: str) -> dict[int, int]:
    """Return the number of each record of ``source``, by its place in ``tokens``.

    The order is that of a keyed digest of the record ids, the key a digest of all tokens of the
    list: they never leave the agency, so the order tells nobody anything. The same list gives the
    same numbers again.
    """
    ours = [n for n, (name, _id) in enumerate(tokens.records) if name == source]
    secret = hashlib.sha256()
    for owner, block, bits in zip(tokens.owner, tokens.block, tokens.bits, strict=True):
        if tokens.records[int(owner)][0] == source:
            secret.update(f"{block}\n".encode() + bits.tobytes())
    key = secret.digest()

    def place(record: int) -> bytes:
        said = tokens.records[record][1].encode("utf-8", "surrogatepass")
        return hmac.digest(key, said, "sha256")

    return {record: number for number, record in enumerate(sorted(ours, key=place), start=1)}


def write_pair_numbers(
    pairs: Iterable[Pair], tokens: Tokens, source: str, made_by: Mapping[str, Any],
    *, review_from: float,
) -> str:  # fmt: skip
    """Return the text handed on for ``source``: pairs that touch one of its records, by number.

    ``pairs``: (left, right, probability) by places in ``tokens``. Raises ``WrongInput`` where the
    list is not among them, or is there alone.
    """
    counted = Counter(name for name, _id in tokens.records)
    records = counted.pop(source, 0)
    if not records or not counted:
        raise WrongInput(f"--numbers-of: {source!r} is not one of two or more lists here")
    numbers = own_numbers(tokens, source)
    said = {
        "source": source, "records": records, "compared": dict(sorted(counted.items())),
        "review_from": review_from, "tokens": dict(made_by),
    }  # fmt: skip
    rows = sorted(_rows(pairs, tokens, numbers))
    return f"{MARK}{json.dumps(said)}\n" + csv_text([HEADS, *rows], line_end="\n")


def write_own_numbers(tokens: Tokens, source: str) -> str:
    """Return the table that stays at home: which number is which record."""
    numbers = sorted((n, tokens.records[r][1]) for r, n in own_numbers(tokens, source).items())
    return csv_text([("number", "record_id"), *numbers], line_end="\n")


def _rows(
    pairs: Iterable[Pair], tokens: Tokens, numbers: Mapping[int, int]
) -> Iterator[tuple[int, str, str, float]]:
    for left, right, chance in pairs:
        one, other = (left, right) if left in numbers else (right, left)
        if one not in numbers:
            continue
        name, record_id = tokens.records[other]
        if other in numbers:
            low, high = sorted((numbers[one], numbers[other]))
            yield low, name, str(high), chance
        else:
            yield numbers[one], name, record_id, chance


def pair_records(
    file: BinaryIO, name: str, source: str
) -> tuple[dict[str, Any], Iterator[Numbered]]:
    """Return what is said over a file, and every record of the list with its pairs.

    A record is ``(number, {"record_id": number, "pairs": [[source, record, probability], …]})``,
    one for each number, with pairs or without. The whole file is looked at before one is given.
    Raises ``WrongInput`` naming the row.
    """
    text = io.TextIOWrapper(file, encoding="utf-8", errors="replace", newline="")
    said = _said(text.readline(1 << 16), name, source)
    rows = csv.reader(text)
    if tuple(next(rows, ())) != HEADS:
        raise WrongInput(
            f"{name}: row 2: is not {', '.join(HEADS)}; expected pair numbers of mekhala link"
        )
    held = _held(rows, name, said)
    return said, (
        (number, {"record_id": str(number), "pairs": held.get(number, [])})
        for number in range(1, said["records"] + 1)
    )


def is_pair_numbers(start: bytes) -> bool:
    """Tell whether a file begins as one of pair numbers does."""
    return start.startswith(MARK.encode())


def _said(line: str, name: str, source: str) -> dict[str, Any]:
    try:
        found = json.loads(line.removeprefix(MARK)) if line.startswith(MARK) else None
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict) or not _is_whole(found):
        raise WrongInput(
            f"{name}: row 1: does not say what was compared; expected pair numbers of mekhala link"
        )
    if found["source"] != source:
        raise WrongInput(f"{name}: row 1: is of another list; expected {source!r}")
    return found


def _is_whole(said: Mapping[str, Any]) -> bool:
    compared = said.get("compared")
    return (
        isinstance(said.get("source"), str)
        and _is_count(said.get("records"))
        and isinstance(compared, dict)
        and bool(compared)
        and said["source"] not in compared
        and all(map(_is_count, compared.values()))
        and isinstance(said.get("tokens"), dict)
    )


def _is_count(value: object) -> bool:
    return type(value) is int and 1 <= value <= MOST


def _held(
    rows: Iterable[Sequence[str]], name: str, said: Mapping[str, Any]
) -> dict[int, list[list[Any]]]:
    held: defaultdict[int, list[list[Any]]] = defaultdict(list)
    seen: set[tuple[int, str, str]] = set()
    try:
        for row, cells in enumerate(rows, start=3):
            if not cells:
                continue
            number, of, record, chance = _checked(cells, f"{name}: row {row}", said)
            if (number, of, record) in seen:
                raise WrongInput(f"{name}: row {row}: is a pair that was there before")
            seen.add((number, of, record))
            held[number].append([of, record, chance])
    except csv.Error as error:
        raise WrongInput(f"{name}: cannot be read as CSV ({error})") from None
    return held


def _checked(
    cells: Sequence[str], where: str, said: Mapping[str, Any]
) -> tuple[int, str, str, float]:
    if len(cells) != len(HEADS):
        raise WrongInput(f"{where}: has {len(cells)} cells; expected {len(HEADS)}")
    number = _number(cells[0], where, "number", said["records"])
    _name, of, record, _chance = cells
    if of == said["source"]:
        if _number(record, where, "record", said["records"]) <= number:
            raise WrongInput(f"{where}: pairs two of its own; expected the smaller number first")
    elif of not in said["compared"]:
        raise WrongInput(f"{where}, column source: is no list that row 1 says was compared")
    elif not 0 < len(record) <= LONGEST_ID:
        raise WrongInput(f"{where}, column record: is empty or too long; expected a record id")
    return number, of, record, _chance_of(cells[3], where)


def _number(cell: str, where: str, column: str, most: int) -> int:
    if cell.isascii() and cell.isdigit() and len(cell) < 10 and 1 <= int(cell) <= most:
        return int(cell)
    raise WrongInput(f"{where}, column {column}: is not a whole number from 1 to {most}")


def _chance_of(cell: str, where: str) -> float:
    try:
        chance = float(cell)
    except ValueError:
        chance = -1.0
    if not 0 < chance <= 1:
        raise WrongInput(f"{where}, column probability: is not above 0 and up to 1")
    return chance

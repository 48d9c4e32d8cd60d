"""A file of tokens: one line of parameters, then a table without a name in it.

    # mekhala tokens {"key": "…", "version": 2, "length": 1024, …}
    record_id,source,block,bits

A record has as many rows as tokens, and one with empty cells where it has none, so that none is
lost. Bits are hexadecimal; a block without bits agrees by itself. Files of unlike parameters or of
two keys are never compared: they would look like lists that share nobody.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from mekhala.core.matching.encoding.parameters import Parameters
from mekhala.core.matching.encoding.project_key import ProjectKey
from mekhala.core.matching.encoding.vectors import BLOCK, WORD, Tokens
from mekhala.core.names.normal import normal_text
from mekhala.core.table_cells import csv_text
from mekhala.core.table_text import named_rows
from mekhala.core.wrong_input import WrongInput

MARK = "# mekhala tokens "
HEADS = ("record_id", "source", "block", "bits")
SHORTEST_WORD = 3  # letters of a name that an identity may not hold
LONGEST = 1 << 16  # bits: twice the bytes that name a position
DIGITS = re.compile(r"[0-9a-f]*")


@dataclass(frozen=True, kw_only=True)
class TokenFile:
    """Tokens with what they were made by: ``made_by`` is the header, all of it."""

    made_by: Mapping[str, Any]
    tokens: Tokens


def header(key: ProjectKey, parameters: Parameters) -> dict[str, Any]:
    """Return what is written over a file: the key's fingerprint and every parameter."""
    return {"key": key.fingerprint, **parameters.told()}


def is_token_file(text: str) -> bool:
    """Tell whether a text begins as a file of tokens does."""
    return text.startswith(MARK)


def write_tokens(tokens: Tokens, made_by: Mapping[str, Any]) -> str:
    """Return the text of a file of tokens."""
    return f"{MARK}{json.dumps(made_by)}\n" + csv_text([HEADS, *_rows(tokens)], line_end="\n")


def read_tokens(text: str, name: str) -> TokenFile:
    """Read the file of tokens called ``name``.

    Raises ``WrongInput`` naming the row: a header that is none, a block or bits of another length,
    a record that stands apart twice.
    """
    first, _, table = text.partition("\n")
    made_by = header_in(first, name)
    rows = named_rows(table, name, HEADS)
    length = int(made_by["length"])
    checked = [(_checked(row, where, length), row) for where, row in rows]
    if not checked:
        raise WrongInput(f"{name}: holds no tokens; expected one or more rows")
    return TokenFile(made_by=made_by, tokens=tokens_of_rows([row for _, row in checked], length))


def joined(files: Sequence[tuple[str, TokenFile]]) -> Tokens:
    """Return the tokens of several named files as one.

    Raises ``WrongInput`` where two were made by unlike keys or parameters, or hold one record both.
    """
    (first_name, first), *others = files
    for name, other in others:
        for what in sorted({*first.made_by, *other.made_by}):
            if first.made_by.get(what) != other.made_by.get(what):
                raise WrongInput(
                    f"{name}: row 1: was made with another {what} than {first_name}; "
                    "expected files of one project, encoded alike"
                )
    _check_apart(files)
    tokens = [file.tokens for _, file in files]
    starts = np.cumsum([0, *(len(t.records) for t in tokens)])
    return Tokens(
        records=tuple(record for t in tokens for record in t.records),
        owner=np.concatenate([t.owner + s for t, s in zip(tokens, starts, strict=False)]),
        block=np.concatenate([t.block for t in tokens]),
        exact=np.concatenate([t.exact for t in tokens]),
        bits=np.concatenate([t.bits for t in tokens]),
    )


def check_nameless(records: Iterable[Mapping[str, str]], name: str) -> None:
    """Refuse identities that hold a word of the person's name: they go out as they are written."""
    columns = ("family_name", "given_name", "full_name", "name_km")
    for number, record in enumerate(records, start=2):
        words = {w for c in columns for w in (normal_text(record.get(c)) or "").split()}
        told = set(re.split(r"[\W\d_]+", (normal_text(record["record_id"]) or "")))
        if any(len(word) >= SHORTEST_WORD for word in words & told):
            raise WrongInput(
                f"{name}: row {number}, column record_id: holds a word of the person's name; "
                "expected a number that names nobody"
            )


def _rows(tokens: Tokens) -> Iterator[tuple[str, str, str, str]]:
    seen = set(tokens.owner.tolist())
    bare = [(n, "", "") for n in range(len(tokens.records)) if n not in seen]
    rows = zip(tokens.owner, tokens.block, tokens.exact, tokens.bits, strict=True)
    told = [(int(n), str(b), "" if e else v.tobytes().hex()) for n, b, e, v in rows]
    for number, block, bits in sorted([*told, *bare]):
        source, record_id = tokens.records[number]
        yield record_id, source, block, bits


def header_in(line: str, name: str) -> dict[str, Any]:
    """Return the parameters of the first line."""
    try:
        found = json.loads(line.removeprefix(MARK)) if is_token_file(line) else None
    except (ValueError, RecursionError):
        found = None
    length = found.get("length") if isinstance(found, dict) else None
    if not isinstance(length, int) or length % WORD or not WORD <= length <= LONGEST:
        raise WrongInput(
            f"{name}: row 1: tells no parameters; expected a file made by mekhala encode"
        )
    return dict(found or {})


def _checked(row: Mapping[str, str], where: str, length: int) -> str:
    """Return the row's identity, if its cells are of the right form."""
    for column in ("record_id", "source"):
        if not row[column]:
            raise WrongInput(f"{where}, column {column}: is empty; expected a value")
    for column, sizes in (("block", (0, BLOCK)), ("bits", (0, length // 4))):
        if len(row[column]) not in sizes or not DIGITS.fullmatch(row[column]):
            raise WrongInput(
                f"{where}, column {column}: is not {sizes[1]} hexadecimal digits; "
                "expected the file as mekhala encode wrote it"
            )
    if row["bits"] and not row["block"]:
        raise WrongInput(f"{where}, column block: is empty; expected one beside bits")
    return row["record_id"]


def tokens_of_rows(rows: Sequence[Mapping[str, str]], length: int) -> Tokens:
    """Return the tokens of checked rows of a table with ``length`` bits a vector."""
    numbers: dict[tuple[str, str], int] = {}
    for row in rows:
        numbers.setdefault((row["source"], row["record_id"]), len(numbers))
    kept = [row for row in rows if row["block"]]
    empty = "0" * (length // 4)
    bits = bytes.fromhex("".join(row["bits"] or empty for row in kept))
    return Tokens(
        records=tuple(numbers),
        owner=np.array([numbers[row["source"], row["record_id"]] for row in kept], np.int64),
        block=np.array([row["block"] for row in kept], f"U{BLOCK}"),
        exact=np.array([not row["bits"] for row in kept], bool),
        bits=np.frombuffer(bits, np.uint64).reshape(len(kept), length // WORD),
    )


def _check_apart(files: Sequence[tuple[str, TokenFile]]) -> None:
    held: dict[tuple[str, str], str] = {}
    for name, file in files:
        for record in file.tokens.records:
            if record in held:
                raise WrongInput(
                    f"{name}: record {record[1]!r} of {record[0]} is in {held[record]} too; "
                    "expected each record once"
                )
            held[record] = name

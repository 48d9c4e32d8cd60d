"""How a sender's table becomes records: a mapping, kept as data in one TOML file.

    title = "…"                 who sends it
    verified = false            whether anybody has held it against a real file
    source = "…"                where the names of its columns come from
    stage = "identified"        identified, reported, charged, convicted or none
    distinct = false            whether the list holds each person once
    hands_on_to = ["mosvy"]     lists this one is handed on into
    required = ["record_id"]    columns without which a row is kept apart

    [file]
    encodings = ["utf-8"]       tried line by line, in this order
    delimiter = ""              "" finds it; one sign otherwise
    sheet = ""                  name of the sheet of a workbook; "" where it shows one
    dates = "day-first"         how 05/03/1991 is written here: day-first or month-first
    number_rows = false         the sender gives no numbers: a row is known by its place

    [columns]                   our column = the sender's name of it, or several, the first there
    full_name = ["Name", "ឈ្មោះ"]

    [values.sex]                words of the sender = ours
    "1" = "male"

    [constants]                 what the file leaves out because it is true of every row
    nationality = "KH"

Our columns are ``records.COLUMNS``. Column names are compared without case, spaces and marks.
"""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import resources
from types import MappingProxyType
from typing import Any

from mekhala.core.matching.records import COLUMNS
from mekhala.core.names.normal import normal_text
from mekhala.core.wrong_input import WrongInput

STAGES = ("identified", "reported", "charged", "convicted", "none")
ORDERS = ("day-first", "month-first")
ENCODINGS = ("utf-8", "utf-16", "windows-1252", "windows-874", "windows-1258", "iso-8859-1")
DELIMITERS = (",", ";", "\t", "|")
LONGEST_FILE = 200_000  # characters of a mapping
KEYS = {
    "title": str, "verified": bool, "source": str, "stage": str, "distinct": bool,
    "hands_on_to": list, "required": list, "file": dict, "columns": dict, "values": dict,
    "constants": dict,
}  # fmt: skip
FILE_KEYS = {"encodings": list, "delimiter": str, "sheet": str, "dates": str, "number_rows": bool}
WORDS = {dict: "table", list: "list", str: "text", bool: "truth value"}
type Words = Mapping[str, Mapping[str, str]]
_NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, kw_only=True)
class ColumnMapping:
    """What a mapping says; ``text`` is its TOML, from which it can be read again."""

    name: str
    text: str
    columns: Mapping[str, tuple[str, ...]]
    title: str = ""
    verified: bool = False
    source: str = ""
    stage: str = "none"
    distinct: bool = False
    hands_on_to: tuple[str, ...] = ()
    required: tuple[str, ...] = ("record_id",)
    encodings: tuple[str, ...] = ("utf-8",)
    delimiter: str = ""
    sheet: str = ""
    dates: str = "day-first"
    number_rows: bool = False
    values: Words = field(default_factory=lambda: _NOTHING)
    constants: Mapping[str, str] = field(default_factory=lambda: _NOTHING)

    def places(self, header: Sequence[str]) -> dict[str, int]:
        """Return at which place of a header each of our columns stands; those not there are not.

        Raises ``WrongInput`` (without a file's name) for a column that stands there twice.
        """
        there: dict[str, int] = {}
        twice = set()
        for place, head in enumerate(header):
            if plain := plain_head(head):
                twice |= {plain} & there.keys()
                there.setdefault(plain, place)
        found = {}
        for column, heads in self.columns.items():
            known = next((p for p in map(plain_head, heads) if p in there), None)
            if known is None:
                continue
            if known in twice:
                raise WrongInput(f"column {header[there[known]]!r} is there twice; expected once")
            found[column] = there[known]
        return found

    def missing(self, header: Sequence[str]) -> list[str]:
        """Return the required columns a header does not have, as the sender calls them."""
        given = self.places(header).keys() | self.constants.keys()
        given |= {"record_id"} if self.number_rows else set()
        return [self.columns.get(c, (c,))[0] for c in self.required if c not in given]

    def value(self, column: str, text: str) -> str:
        """Return the word for ``text`` in a column with a list of words, else the text itself."""
        words = self.values.get(column)
        return words.get(plain_head(text), text) if words else text


def plain_head(text: str) -> str:
    """Return a column's name, or a word of a list, in the one form in which both are compared.

    >>> plain_head("Name of Victim") == plain_head("NAME_OF_VICTIM ")
    True
    """
    return (normal_text(text) or text.strip().casefold()).replace(" ", "")


def read_mapping(text: str, name: str) -> ColumnMapping:
    """Read the mapping called ``name``. Raises ``WrongInput`` naming the line or the key."""
    try:
        said = tomllib.loads(text) if len(text) <= LONGEST_FILE else None
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        raise WrongInput(f"{name}: is no TOML ({error}); expected a mapping") from None
    if said is None:
        raise WrongInput(f"{name}: is longer than {LONGEST_FILE:,} characters; expected a mapping")
    file = _table(said, "file", name)
    _check_keys(said, KEYS, name, "")
    _check_keys(file, FILE_KEYS, name, "file.")
    columns = {c: _heads(h, c, name) for c, h in _ours(said, "columns", name).items()}
    made = ColumnMapping(
        name=name, text=text, columns=MappingProxyType(columns),
        title=said.get("title", ""), verified=said.get("verified", False),
        source=said.get("source", ""), distinct=said.get("distinct", False),
        stage=_one_of(said.get("stage", "none"), STAGES, "stage", name),
        hands_on_to=_texts(said.get("hands_on_to", []), "hands_on_to", name),
        required=_texts(said.get("required", ["record_id"]), "required", name),
        encodings=_encodings(file, name), delimiter=_delimiter(file, name),
        sheet=file.get("sheet", ""), number_rows=file.get("number_rows", False),
        dates=_one_of(file.get("dates", "day-first"), ORDERS, "file.dates", name),
        values=_words(said, name), constants=_constants(said, name),
    )  # fmt: skip
    for column in made.required:
        _check_ours(column, "required", name)
    if not columns:
        raise WrongInput(f"{name}: columns: names none; expected at least one of ours")
    return made


def shipped() -> dict[str, ColumnMapping]:
    """Return the mappings that come with Mekhala, by name, in order."""
    folder = resources.files(__package__) / "mappings"
    names = sorted(p.name for p in folder.iterdir() if p.name.endswith(".toml"))
    return {n[:-5]: read_mapping((folder / n).read_text(encoding="utf-8"), n) for n in names}


def same_names() -> ColumnMapping:
    """Return the mapping of a file that has our own column names."""
    return read_mapping(
        as_toml({column: [column] for column in COLUMNS}, title="Our own column names"),
        "our own column names",
    )


def as_toml(columns: Mapping[str, Iterable[str]], *, title: str = "", **more: str | bool) -> str:
    """Return the TOML of a mapping: columns, a title, and keys of ``[file]``."""
    file = [f"{key} = {_written(value)}" for key, value in more.items()]
    lines = [
        f"title = {_written(title)}", "verified = false", "",
        *(["[file]", *file, ""] if file else []), "[columns]",
        *(f"{c} = [{', '.join(map(_written, heads))}]" for c, heads in columns.items()),
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


def _written(value: str | bool) -> str:
    """Return a string or truth value as TOML writes it."""
    if isinstance(value, bool):
        return str(value).lower()
    short = {"\\": "\\\\", '"': '\\"', "\t": "\\t", "\n": "\\n", "\r": "\\r"}
    signs = (short.get(c) or (c if c.isprintable() else f"\\U{ord(c):08x}") for c in value)
    return f'"{"".join(signs)}"'


def _check_keys(said: Mapping[str, Any], keys: Mapping[str, type], name: str, of: str) -> None:
    for key, value in said.items():
        if key not in keys:
            known = ", ".join(keys)
            raise WrongInput(f"{name}: {of}{key}: is not known here; expected {known}")
        if type(value) is not keys[key]:
            raise WrongInput(f"{name}: {of}{key}: is no {WORDS[keys[key]]}")


def _table(said: Mapping[str, Any], key: str, name: str) -> Mapping[str, Any]:
    found = said.get(key, {})
    if not isinstance(found, dict):
        raise WrongInput(f"{name}: {key}: is no table; expected [{key}]")
    return found


def _ours(said: Mapping[str, Any], key: str, name: str) -> Mapping[str, Any]:
    found = _table(said, key, name)
    for column in found:
        _check_ours(column, key, name)
    return found


def _check_ours(column: str, key: str, name: str) -> None:
    if column not in COLUMNS:
        raise WrongInput(f"{name}: {key}: {column!r} is none of our columns: {', '.join(COLUMNS)}")


def _heads(said: Any, column: str, name: str) -> tuple[str, ...]:
    found = _texts([said] if isinstance(said, str) else said, f"columns.{column}", name)
    if not found or not all(h.strip() for h in found):
        raise WrongInput(f"{name}: columns.{column}: is empty; expected a column's name")
    return found


def _texts(said: Any, key: str, name: str) -> tuple[str, ...]:
    if not isinstance(said, list) or not all(isinstance(one, str) for one in said):
        raise WrongInput(f"{name}: {key}: is no list of texts")
    return tuple(said)


def _one_of(said: Any, allowed: Sequence[str], key: str, name: str) -> str:
    if said not in allowed:
        raise WrongInput(f"{name}: {key}: {said!r} is none of {', '.join(allowed)}")
    return str(said)


def _encodings(file: Mapping[str, Any], name: str) -> tuple[str, ...]:
    found = _texts(file.get("encodings", ["utf-8"]), "file.encodings", name)
    for one in found:
        _one_of(one, ENCODINGS, "file.encodings", name)
    return found or ("utf-8",)


def _delimiter(file: Mapping[str, Any], name: str) -> str:
    return _one_of(file.get("delimiter", ""), ("", *DELIMITERS), "file.delimiter", name)


def _words(said: Mapping[str, Any], name: str) -> Words:
    found = {}
    for column, words in _ours(said, "values", name).items():
        if not isinstance(words, dict) or not all(isinstance(w, str) for w in words.values()):
            raise WrongInput(f"{name}: values.{column}: is no table of words")
        found[column] = MappingProxyType({plain_head(w): ours for w, ours in words.items()})
    return MappingProxyType(found)


def _constants(said: Mapping[str, Any], name: str) -> Mapping[str, str]:
    found = _ours(said, "constants", name)
    if not all(isinstance(value, str) for value in found.values()):
        raise WrongInput(f"{name}: constants: holds what is no text")
    return MappingProxyType(dict(found))

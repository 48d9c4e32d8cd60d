"""What a statute file says, with the line each thing stands on, and the place a mistake is at."""

from collections.abc import Generator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from mekhala.core.wrong_input import WrongInput

# The C loader of PyYAML reads the same safe subset ten times faster.
_Safe: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Row(dict[str, Any]):
    """A mapping of the file that remembers its own line and the line of each key."""

    line: int
    lines: Mapping[str, int]


class Word(str):
    """A text of the file that remembers its line."""

    __slots__ = ("line",)
    line: int


class _MarkedLoader(_Safe):  # type: ignore[misc]
    """The safe loader, making a ``Row`` of every mapping."""


def _marked(loader: Any, node: Any) -> Generator[Row]:
    row = Row()
    row.line = node.start_mark.line + 1
    yield row  # filled afterwards, so that a mapping may be named again further on
    row.lines = {str(key.value): key.start_mark.line + 1 for key, _ in node.value}
    if len(row.lines) < len(node.value):
        words = [str(key.value) for key, _ in node.value]
        twice = next(word for word in words if words.count(word) > 1)
        raise _Twice(twice, row.lines[twice])
    row.update(loader.construct_mapping(node))


class _Twice(Exception):  # noqa: N818 - carried to ``load`` only, which knows the file
    """A key stands twice in one mapping."""


def _word(_loader: Any, node: Any) -> Word:
    word = Word(node.value)
    word.line = node.start_mark.line + 1
    return word


def _scalar(loader: Any, node: Any) -> object:
    """A date or number as YAML reads it; one that cannot be is refused with its line."""
    try:
        return loader.yaml_constructors_of_scalars[node.tag](loader, node)
    except ValueError:
        raise yaml.constructor.ConstructorError(
            None, None, f"{node.value!r} is no date or number", node.start_mark
        ) from None


SCALARS = [f"tag:yaml.org,2002:{kind}" for kind in ("timestamp", "int", "float")]
_MarkedLoader.yaml_constructors_of_scalars = {tag: _Safe.yaml_constructors[tag] for tag in SCALARS}
_MarkedLoader.add_constructor("tag:yaml.org,2002:map", _marked)
_MarkedLoader.add_constructor("tag:yaml.org,2002:str", _word)
for _tag in SCALARS:
    _MarkedLoader.add_constructor(_tag, _scalar)


def load(path: Path) -> object:
    """Return what ``path`` (YAML) holds, mappings as ``Row``; raise ``WrongInput`` with the line.

    Refused are a file that cannot be read, is not UTF-8 or not YAML, or names one key twice.
    """
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_MarkedLoader)  # noqa: S506
    except OSError as error:
        raise WrongInput(f"{path.name}: {error.strerror}; give a readable file") from None
    except UnicodeDecodeError:
        raise WrongInput(f"{path.name}: is not UTF-8 text; save it as UTF-8") from None
    except _Twice as found:
        key, line = found.args
        raise WrongInput(f"{path.name}: line {line}: {key!r} stands twice; keep one") from None
    except yaml.YAMLError as error:
        raise WrongInput(f"{path.name}: {_not_yaml(error)}") from None


def _not_yaml(error: yaml.YAMLError) -> str:
    mark, problem = getattr(error, "problem_mark", None), getattr(error, "problem", None)
    line = f"line {mark.line + 1}: " if mark else ""
    return f"{line}is not YAML: {' '.join(str(problem or error).split())}"


@dataclass(frozen=True)
class Place:
    """Where something stands: the file, the line if known, and the words that lead to it."""

    file: str
    line: int | None = None
    words: tuple[str, ...] = ()

    def at(self, row: object, key: str | None = None) -> "Place":
        """Return this place on the line of ``row`` (or a word), or of its ``key``."""
        line = getattr(row, "lines", {}).get(key) or getattr(row, "line", None)
        return replace(self, line=line or self.line)

    def within(self, words: str) -> "Place":
        """Return the place one step further in."""
        return replace(self, words=(*self.words, words))

    def wrong(self, sentence: str) -> WrongInput:
        """Return the refusal of what stands here."""
        return WrongInput(f"{self}: {sentence}")

    def __str__(self) -> str:
        """File, line and words, as a refusal begins."""
        line = (f"line {self.line}",) if self.line else ()
        return ": ".join((self.file, *line, *self.words))


def mapping(written: object, place: Place, allowed: set[str]) -> Mapping[str, Any]:
    """Return ``written`` as keys and values, refusing a key that is not allowed here."""
    if not isinstance(written, Mapping):
        raise place.wrong("expected keys and values")
    for key in written:
        if key not in allowed:
            known = ", ".join(sorted(allowed))
            raise place.at(written, str(key)).wrong(f"{key!r} is no key here; expected {known}")
    return written


def pairs(row: Mapping[str, Any], key: str, place: Place) -> Mapping[str, Any]:
    """Return the names and contents under ``key``, none if it is not there."""
    inside = row.get(key, {})
    if not isinstance(inside, Mapping):
        raise place.at(row, key).wrong(f"expected names and their contents under {key!r}")
    return inside


def entries(row: Mapping[str, Any], key: str, place: Place) -> list[Any]:
    """Return the list under ``key``, empty if it is not there."""
    inside = row.get(key, [])
    if not isinstance(inside, list):
        raise place.at(row, key).wrong(f"expected a list under {key!r}")
    return inside


def text(row: Mapping[str, Any], key: str, place: Place) -> str:
    """Return the words under ``key``, on one line."""
    value = row.get(key)
    if not isinstance(value, str) or not value.strip():
        raise place.at(row, key).wrong(f"expected words (in quotes if digits) under {key!r}")
    return " ".join(value.split())


def optional_text(row: Mapping[str, Any], key: str, place: Place) -> str:
    """Return the words under ``key``, empty if it is not there."""
    return text(row, key, place) if key in row else ""


def day(row: Mapping[str, Any], key: str, place: Place) -> date | None:
    """Return the day under ``key``, None if it is not there."""
    value = row.get(key)
    if value is not None and type(value) is not date:
        raise place.at(row, key).wrong(f"expected dates like 2008-02-15 under {key!r}")
    return value

"""Distinct values read into the columns that are compared; many of them by more than one process.

Reading a name or a date costs some microseconds in Python. ``python -m`` of this module is the
other process: it reads values from its standard input and writes columns to its output. Names go
through pipes and lie in no file, so that none is left where a process is killed.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.ipc

from mekhala.core.matching.linker.births import birth_of_texts, is_read
from mekhala.core.matching.linker.gazetteer import codes_in_words
from mekhala.core.matching.linker.names import name_of_texts, parent_keys
from mekhala.core.matching.linker.places import codes_of, tokens_of
from mekhala.core.matching.linker.prepared import id_of_text, phone_of_text, plain, sex_of_text
from mekhala.core.matching.linker.rows import birth_columns, name_columns

MANY = 40_000  # distinct values for more than one process
AT_ONCE = 20_000  # values turned into columns at once
TEXT, LIST, INT, BOOL = pa.string(), pa.list_(pa.string()), pa.int32(), pa.bool_()


@dataclass(frozen=True, kw_only=True)
class Group:
    """Columns that are read together, and the columns they are read into."""

    name: str
    reads: tuple[str, ...]
    makes: Mapping[str, pa.DataType]
    read: Callable[..., tuple[Any, ...]]


def _name(*texts: str) -> tuple[Any, ...]:
    return tuple(name_columns(name_of_texts(*texts)).values())


def _birth(*texts: str) -> tuple[Any, ...]:
    found = birth_of_texts(*texts)
    unread = found.first is None and not is_read(*texts)
    return (*birth_columns(found).values(), unread)


def _codes(*texts: str) -> tuple[Any, ...]:
    found = codes_of(*texts)
    return tuple(found.get(level) for level in ("village", "commune", "district", "province"))


def _text(text: str) -> tuple[Any, ...]:
    told = codes_in_words(text)
    return (
        tokens_of(text),
        *(told.get(level) for level in ("village", "commune", "district", "province")),
    )


def _sex(text: str) -> tuple[Any, ...]:
    return (sex_of_text(text),)


def _nationality(text: str) -> tuple[Any, ...]:
    return (plain(text),)


def _number(text: str) -> tuple[Any, ...]:
    return (id_of_text(text),)


def _phone(text: str) -> tuple[Any, ...]:
    return (phone_of_text(text),)


def _parent(text: str) -> tuple[Any, ...]:
    return (parent_keys(text),)


GROUPS = (
    Group(name="names", reads=("family_name", "given_name", "full_name", "name_km"), read=_name,
          makes={"native": TEXT, "latin": TEXT, "latin_turned": TEXT, "sound": TEXT,
                 "sound_turned": TEXT, "whole": LIST, "sounds": LIST, "bones": LIST, "single": BOOL,
                 "named": TEXT}),
    Group(name="births", reads=("birth_date", "birth_year", "age", "age_on"), read=_birth,
          makes={"born_first": INT, "born_last": INT, "born": TEXT, "born_swapped": TEXT,
                 "bands": LIST, "told_unread": BOOL}),
    Group(name="codes", read=_codes,
          reads=("village_code", "commune_code", "district_code", "province_code"),
          makes={"village": TEXT, "commune": TEXT, "district": TEXT, "province": TEXT}),
    Group(name="texts", reads=("place_text",), read=_text,
          makes={"tokens": LIST, "told_village": TEXT, "told_commune": TEXT, "told_district": TEXT,
                 "told_province": TEXT}),
    Group(name="sexes", reads=("sex",), read=_sex, makes={"sex": TEXT}),
    Group(name="nationalities", reads=("nationality",), read=_nationality,
          makes={"nationality": TEXT}),
    Group(name="numbers", reads=("national_id",), read=_number, makes={"number": TEXT}),
    Group(name="phones", reads=("phone",), read=_phone, makes={"phone": TEXT}),
    Group(name="fathers", reads=("father_name",), read=_parent, makes={"father": LIST}),
    Group(name="mothers", reads=("mother_name",), read=_parent, makes={"mother": LIST}),
)  # fmt: skip


def read(group: Group, values: pa.Table) -> pa.Table:
    """Return the values of a group (a table of its ``reads``) with what they are read into."""
    workers = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1
    if values.num_rows < MANY or workers < 2:
        return _read(group, values)
    share = -(-values.num_rows // workers)
    shares = [values.slice(at, share) for at in range(0, values.num_rows, share)]
    others = [_started(group, part) for part in shares[1:]]
    ours = _read(group, shares[0])
    return pa.concat_tables([ours, *map(_finished, others)])


def _started(group: Group, part: pa.Table) -> "subprocess.Popen[bytes]":
    words = [sys.executable, "-m", __spec__.name, group.name]
    paths = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    other = subprocess.Popen(words, env=paths, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    if other.stdin:
        _send(part, other.stdin)
    return other


def _finished(other: "subprocess.Popen[bytes]") -> pa.Table:
    with other:
        made = pa.ipc.open_stream(other.stdout).read_all()
    if other.returncode:
        raise RuntimeError(f"reading ended with {other.returncode}")
    return made


def _send(table: pa.Table, to: Any) -> None:
    """Write a table to a pipe and close it: the other end reads until then."""
    with to, pa.ipc.new_stream(to, table.schema) as stream:
        stream.write_table(table)


def _read(group: Group, values: pa.Table) -> pa.Table:
    parts = [
        _columns(group, values.slice(at, AT_ONCE)) for at in range(0, values.num_rows, AT_ONCE)
    ]
    return pa.concat_tables(parts or [_columns(group, values)])


def _columns(group: Group, values: pa.Table) -> pa.Table:
    texts = [column.to_pylist() for column in values.columns]
    rows = [group.read(*said) for said in zip(*texts, strict=True)]
    made = zip(*rows, strict=True) if rows else [[] for _ in group.makes]
    arrays = [
        pa.array(column, kind) for column, kind in zip(made, group.makes.values(), strict=True)
    ]
    names = [f"of_{column}" for column in group.reads]
    return pa.table([*values.columns, *arrays], names=[*names, *group.makes])


def main(name: str) -> None:
    """Read the values that come in and write the columns they are read into."""
    group = next(group for group in GROUPS if group.name == name)
    values = pa.ipc.open_stream(sys.stdin.buffer).read_all()
    _send(_read(group, values), sys.stdout.buffer)


if __name__ == "__main__":
    main(sys.argv[1])

"""Distinct values read by more than one process."""

import os
import tempfile

import pyarrow as pa
import pytest

from mekhala.core.matching.linker import reading

NAMES = next(group for group in reading.GROUPS if group.name == "names")


@pytest.fixture
def values():
    rows = [("Sok", f"Dara {n}", "", "សុខ ដារា" if n % 2 else "") for n in range(30)]
    return pa.table({c: list(v) for c, v in zip(NAMES.reads, zip(*rows, strict=True), strict=True)})


def test_several_processes_read_what_one_reads_in_its_order(monkeypatch, values):
    alone = reading.read(NAMES, values)
    monkeypatch.setattr(reading, "MANY", 1)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _pid: {0, 1, 2})

    assert reading.read(NAMES, values).equals(alone)


def test_no_name_is_written_to_a_file_on_the_way(monkeypatch, values):
    def refuse(*_words, **_more):
        raise AssertionError("a name would be in a file")

    monkeypatch.setattr(reading, "MANY", 1)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _pid: {0, 1})
    monkeypatch.setattr(tempfile, "mkdtemp", refuse)
    monkeypatch.setattr("builtins.open", refuse)

    assert reading.read(NAMES, values).num_rows == 30

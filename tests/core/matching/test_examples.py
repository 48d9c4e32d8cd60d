"""The examples in the docstrings of how records are matched are true."""

import doctest
import importlib

import pytest

MODULES = (
    "exact_keys", "groups", "judged", "mapping", "rates", "records", "reviewed", "taking.dates",
    "encoding.comparison", "encoding.statements", "linker.clusters", "linker.gazetteer",
    "linker.likeness", "linker.model", "linker.names", "linker.weighing",
)  # fmt: skip


@pytest.mark.parametrize("name", [f"core.matching.{module}" for module in MODULES] + [
    "cli.linkage_pair",
])  # fmt: skip
def test_the_examples_of_a_module_are_true(name):
    told = doctest.testmod(importlib.import_module(f"mekhala.{name}"))

    assert told.attempted
    assert told.failed == 0

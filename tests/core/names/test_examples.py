"""The examples in the docstrings are true; every public function has one, every module a source."""

import doctest
import importlib
import inspect
import pkgutil
import re

import pytest

from mekhala.core import names

SOURCE = re.compile(r"[Ss]ources?\b|\bours\b|\b(?:19|20)\d\d\b")  # who says so, or that we do
MODULES = sorted(module.name for module in pkgutil.iter_modules(names.__path__))


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_are_true(name):
    module = importlib.import_module(f"mekhala.core.names.{name}")

    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize("name", MODULES)
def test_every_public_function_has_an_example_and_every_module_says_whence(name):
    module = importlib.import_module(f"mekhala.core.names.{name}")
    own = [f for n, f in inspect.getmembers(module, inspect.isfunction)
           if not n.startswith("_") and f.__module__ == module.__name__]  # fmt: skip

    assert not [function.__name__ for function in own if ">>>" not in (function.__doc__ or "")]
    assert SOURCE.search(module.__doc__)

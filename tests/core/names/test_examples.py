"""The examples in the docstrings are true, and every public function has a docstring."""

import doctest
import importlib
import inspect
import pkgutil

import pytest

from mekhala.core import names

MODULES = sorted(module.name for module in pkgutil.iter_modules(names.__path__))


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_are_true(name):
    module = importlib.import_module(f"mekhala.core.names.{name}")

    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize("name", MODULES)
def test_every_public_function_says_what_it_does(name):
    module = importlib.import_module(f"mekhala.core.names.{name}")
    own = [f for n, f in inspect.getmembers(module, inspect.isfunction)
           if not n.startswith("_") and f.__module__ == module.__name__]  # fmt: skip

    assert all(function.__doc__ for function in own)
    assert module.__doc__

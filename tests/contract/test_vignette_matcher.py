"""The reader of vignettes must notice what does not hold."""

import pytest

from tests.contract.vignettes import misses


@pytest.mark.parametrize(
    ("expected", "answer"),
    [
        ({"a": 1}, {"a": 1, "b": 2}),
        ({"a": [{"x": 1}]}, {"a": [{"x": 2}, {"x": 1, "y": 0}]}),
        ({"a": ["x", "y"]}, {"a": ["y", "x"]}),
        ({"a~codes": ["x"]}, {"a": [{"code": "x"}]}),
        ({"a~not": ["x"]}, {"a": ["y"]}),
        ({"a~has": ["x"]}, {"a": ["y", "x"]}),
        ({"a~any": ["x", "z"]}, {"a": ["y", "x"]}),
    ],
)
def test_accepts_what_holds(expected, answer):
    assert misses(expected, answer) == []


@pytest.mark.parametrize(
    ("expected", "answer"),
    [
        ({"a": 1}, {}),
        ({"a": 1}, {"a": 2}),
        ({"a": {"b": 1}}, {"a": 1}),
        ({"a": [{"x": 1}]}, {"a": [{"x": 2}]}),
        ({"a": ["x"]}, {"a": ["x", "y"]}),
        ({"a~codes": ["x"]}, {"a": ["x", "y"]}),
        ({"a~not": ["x"]}, {"a": ["x"]}),
        ({"a~has": ["x", "y"]}, {"a": ["x"]}),
        ({"a~any": ["x"]}, {"a": []}),
    ],
)
def test_notices_what_does_not_hold(expected, answer):
    assert len(misses(expected, answer)) == 1

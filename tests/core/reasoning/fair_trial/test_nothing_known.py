"""A proceeding of which nothing is told is unknown in every answer: no default is a no."""

import inspect
from dataclasses import fields, is_dataclass

from mekhala.core.reasoning.fair_trial import proceeding
from mekhala.core.reasoning.fair_trial.review import review

KINDS = [
    kind for _name, kind in inspect.getmembers(proceeding, is_dataclass)
    if inspect.isclass(kind) and kind.__module__ == proceeding.__name__
]  # fmt: skip
SAYS_WHETHER = {  # not an answer of anybody, but whether there is one
    ("Facts", "given"): False, ("Facts", "none_of"): False, ("Allegation", "known"): True,
}  # fmt: skip


def test_what_nobody_told_is_unknown_and_never_no():
    assert len(KINDS) > 8
    for kind in KINDS:
        for field in fields(kind):
            told = SAYS_WHETHER.get((kind.__name__, field.name))
            assert field.default is told or not isinstance(field.default, bool), (kind, field.name)
            assert told is None or field.default is told, (kind, field.name)


def test_nothing_told_raises_nothing_and_excludes_only_what_rests_on_an_event():
    found = review({"case": "P"})
    assert found.raised == ()
    assert len(found.cannot_tell) > len(found.not_raised)

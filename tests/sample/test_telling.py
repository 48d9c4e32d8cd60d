"""The summary of the main job is sentences, and says nothing that did not happen."""

import pytest

from mekhala.sample.main_job import STEPS
from mekhala.sample.telling import SENTENCES, told


def test_every_step_of_the_main_job_has_its_sentence():
    assert {name for name, _step in STEPS} == SENTENCES.keys() | {"estimates"}


@pytest.mark.parametrize("step", sorted(SENTENCES))
def test_what_did_not_happen_is_told_as_none(step):
    assert "0" in told(step, {})
    assert "{" not in told(step, {})


def test_an_estimate_is_told_with_its_interval_beside_the_truth():
    counts = {"truth": 1386, "methods": [
        {"method": "independence", "estimate": 1282.2, "low": 1226.0, "high": 1374.0},
        {"method": "stepwise", "estimate": None, "low": None, "high": None},
    ]}  # fmt: skip
    first, line = told("estimates", counts).split("\n")
    assert first == "how many in all? in truth 1,386"
    assert line.strip() == "independence says 1,282 (1,226 to 1,374)"


def test_a_bound_from_below_is_told_without_an_upper_end():
    chao = {"method": "chao", "estimate": 1307.6, "low": 1223.4, "high": None}
    said = told("estimates", {"methods": [chao], "truth": 1386})
    assert "chao says at least 1,308" in said

"""Our statement weighs a pair as Splink's does."""

from dataclasses import replace

from benchmarks.linkage import same_pairs
from mekhala.core.matching.linker import scoring
from mekhala.core.matching.linker.model import default_model
from mekhala.core.matching.linker.sharing import answered
from mekhala.sample.registers import registers


def test_ours_and_splink_weigh_every_pair_the_same():
    records = [record for record, _ in registers(120, 11)]
    model = replace(default_model(), temper=0.9)

    found = same_pairs.compared(records, model)

    assert found.holds, found
    assert found.both > 50


def test_a_difference_of_one_level_would_be_seen(monkeypatch):
    records = [record for record, _ in registers(120, 11)]
    blind = lambda sql: answered(sql.replace("[meet whole_l whole_r]", "false"))  # noqa: E731
    monkeypatch.setattr(scoring, "answered", blind)

    assert not same_pairs.compared(records, default_model()).holds

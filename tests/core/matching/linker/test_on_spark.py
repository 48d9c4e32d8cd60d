"""The same model on Apache Spark: the same people as on DuckDB."""

import shutil

import pytest

from mekhala.core.matching.linker.linking import link_records
from mekhala.core.matching.linker.model import default_model
from mekhala.core.wrong_input import WrongInput

from .invented import record, sample


def test_spark_finds_the_same_people_as_duckdb():
    pytest.importorskip("pyspark")
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java, and there is none here")
    written, _ = sample(300, seed=9)
    found = [link_records(written, model=default_model(), engine=e) for e in ("duckdb", "spark")]

    assert found[0].people == found[1].people
    assert [pair[:2] for pair in found[0].pairs] == [pair[:2] for pair in found[1].pairs]
    assert len(found[0].pairs) > 20


def test_without_spark_the_refusal_says_how_to_get_it(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "pyspark.sql", None)
    said = [record(record_id=str(n), source="a", full_name="Sok Dara", birth_year="1991")
            for n in range(2)]  # fmt: skip

    with pytest.raises(WrongInput, match=r"mekhala\[spark\]"):
        link_records(said, engine="spark")

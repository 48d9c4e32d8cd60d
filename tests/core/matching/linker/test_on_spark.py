"""The same model on Apache Spark: the same people as on DuckDB."""

import shutil

import pytest

from mekhala.core.matching.linker import on_spark, pairs, scoring, tables
from mekhala.core.matching.linker.in_memory import in_memory
from mekhala.core.matching.linker.linking import link_records, set_apart_linkable
from mekhala.core.matching.linker.model import default_model
from mekhala.core.wrong_input import WrongInput

from .invented import record, sample


def on_spark_or_skip():
    pytest.importorskip("pyspark")
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java, and there is none here")
    return on_spark._session()


def test_spark_finds_the_same_people_as_duckdb():
    on_spark_or_skip()
    written, _ = sample(300, seed=9)
    found = [link_records(written, model=default_model(), engine=e) for e in ("duckdb", "spark")]

    assert found[0].people == found[1].people
    assert found[0].pairs == found[1].pairs
    assert found[0].histogram == found[1].histogram
    assert len(found[0].pairs) > 20


def test_pairs_weigh_the_same_however_many_workers_they_are_carried_to(monkeypatch):
    on_spark_or_skip()
    monkeypatch.setattr(on_spark, "IN_A_CELL", 50)
    weighed = []
    with in_memory() as con:
        tables.raw_of_records(con, sample(300, seed=9)[0])
        tables.prepare(con)
        set_apart_linkable(con, ())
        pairs.block(con)
        for engine in (scoring, on_spark):
            engine.score(con, default_model())
            weighed.append(con.sql("from scored order by all").fetchall())
        assert on_spark._groups(con) > 3

    assert weighed[0] == weighed[1]
    assert len(weighed[0]) > 100


def test_without_spark_the_refusal_says_how_to_get_it(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "pyspark.sql", None)
    said = [record(record_id=str(n), source="a", full_name="Sok Dara", birth_year="1991")
            for n in range(2)]  # fmt: skip

    with pytest.raises(WrongInput, match=r"mekhala\[spark\]"):
        link_records(said, engine="spark")

"""The same model on Apache Spark: the same people as on DuckDB."""

import shutil

import duckdb
import pytest

from mekhala.core.matching.linker import on_spark
from mekhala.core.matching.linker.comparing_names import ALIKE_LETTERS
from mekhala.core.matching.linker.levels import in_dialect
from mekhala.core.matching.linker.likeness_on_spark import created
from mekhala.core.matching.linker.linking import link_records
from mekhala.core.matching.linker.model import default_model
from mekhala.core.wrong_input import WrongInput

from .invented import record, sample

# Letters out of place, an odd number of them: counted by halves, the first two are not alike.
NEAR = (("nmknbs", "mknbs"), ("maanads", "mabdans"), ("sok dara", "sok daar"),
        ("chan thy", "chan thi"), ("srey mom", "sok kim"), ("ab", "ba"))  # fmt: skip
ALIKE = "select a, b, {1} from (values {0}) as told(a, b) order by a, b"
CONDITION = f"[alike a a b b {ALIKE_LETTERS}]"


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


def test_spark_and_duckdb_hold_the_same_names_for_alike():
    session = on_spark_or_skip()
    session.sql(created())
    said = ", ".join(f"('{one}', '{other}')" for one, other in NEAR)
    found = [
        [tuple(row) for row in ask(ALIKE.format(said, in_dialect(CONDITION, engine)))]
        for engine, ask in (("duckdb", lambda q: duckdb.sql(q).fetchall()),
                            ("spark", lambda q: session.sql(q).collect()))
    ]  # fmt: skip

    assert found[0] == found[1]
    assert {alike for _, _, alike in found[0]} == {True, False}


def test_without_spark_the_refusal_says_how_to_get_it(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "pyspark.sql", None)
    said = [record(record_id=str(n), source="a", full_name="Sok Dara", birth_year="1991")
            for n in range(2)]  # fmt: skip

    with pytest.raises(WrongInput, match=r"mekhala\[spark\]"):
        link_records(said, engine="spark")

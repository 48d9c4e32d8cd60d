"""Candidates weighed on Apache Spark, for those who outgrow one machine: the same statement.

Reading, blocking and joining stay with DuckDB. Records are dealt into groups by number, and each
two groups with the candidates between them make a *cell*; Spark carries every cell to a worker,
which weighs it as ``scoring`` does. So both engines say the same of every pair, and no worker holds
more than one cell. Which cluster that is, Spark's own configuration says (``SPARK_CONF_DIR``);
without one it runs on this machine. Needs Java and ``pip install "mekhala[spark]"``, on the
workers too; the folder for temporary files (``TMPDIR``) has to be one that they reach.
"""

import math
import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from mekhala.core.matching.linker.model import COUNTED_BY, Model
from mekhala.core.matching.linker.own_folder import own_folder
from mekhala.core.matching.linker.scoring import (
    columns_of,
    count_linkable,
    evidence_sql,
    keep_scored,
    least_units,
    tell,
)
from mekhala.core.matching.linker.sharing import LISTS
from mekhala.core.wrong_input import WrongInput

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

IN_A_CELL = 1_000_000  # candidates, about
TOLD = "left_rec int, right_rec int, units bigint"
MEMORY, PARTITIONS, BATCH = "2g", "8", "100000"
NUMBERED = "select rec, (row_number() over (order by rec) - 1)::integer as place from few"


def score(con: "duckdb.DuckDBPyConnection", model: Model) -> None:
    """Make the table ``scored`` as ``scoring.score`` does, on a Spark session.

    Raises ``WrongInput`` where Spark or Java is not there.
    """
    session = _session()
    with own_folder() as folder:
        records, candidates = _handed_over(con, model, session, folder)
        weighed = (
            records.groupBy("cell")
            .cogroup(candidates.groupBy("cell"))
            .applyInArrow(_weigher(model, least_units(count_linkable(con))), TOLD)
        )
        weighed.write.parquet(f"{folder}/told")
        keep_scored(con, model, f"read_parquet('{folder}/told/*.parquet')")


def _weigher(model: Model, least: int) -> "Callable[[pa.Table, pa.Table], pa.Table]":
    """What a worker does: weigh the candidates of a cell, and tell those that matter."""

    def weigh(records: "pa.Table", candidates: "pa.Table") -> "pa.Table":
        import duckdb

        with duckdb.connect(config={"threads": 1}) as con:
            con.register("few", records)
            con.register("pairs", candidates)
            con.execute(f"create table numbered as {NUMBERED}")
            con.execute(
                "create table linkable as select place as rec, few.* exclude (rec, cell) "
                "from few join numbered using (rec)"
            )
            con.execute(
                "create table candidates as select l.place as left_rec, r.place as right_rec "
                "from pairs join numbered as l on l.rec = pairs.left_rec "
                "join numbered as r on r.rec = pairs.right_rec"
            )
            tell(con, model)
            told = con.sql(
                "select l.rec as left_rec, r.rec as right_rec, units::bigint as units from told "
                "join numbered as l on l.place = told.left_rec "
                "join numbered as r on r.place = told.right_rec "
                f"where units >= {least}"
            )
            return told.to_arrow_table()

    return weigh


def _handed_over(
    con: "duckdb.DuckDBPyConnection", model: Model, session: Any, folder: str
) -> tuple[Any, Any]:
    """Write what Spark needs as Parquet files; return records and candidates, each in its cells."""
    kept = sorted({"rec", COUNTED_BY, *LISTS, *columns_of(evidence_sql(model))} - {"rare"})
    given = {}
    for name, columns in {"linkable": ", ".join(kept), "candidates": "left_rec, right_rec"}.items():
        kept_as = f"{folder}/{name}.parquet"
        con.execute(f"copy (select {columns} from {name}) to '{kept_as}' (format parquet)")
        given[name] = session.read.parquet(kept_as)
    groups = _groups(con)
    dealt = given["linkable"].selectExpr("*", f"explode(sequence(0, {groups - 1})) as other")
    of_record = _cell(f"rec % {groups}", "other", groups)
    of_pair = _cell(f"left_rec % {groups}", f"right_rec % {groups}", groups)
    return (
        dealt.selectExpr("*", f"{of_record} as cell").drop("other"),
        given["candidates"].selectExpr("*", f"{of_pair} as cell"),
    )


def _groups(con: "duckdb.DuckDBPyConnection") -> int:
    """How many groups records are dealt into, for cells of about as many candidates as wanted."""
    candidates = int(con.execute("select count(*) from candidates").fetchall()[0][0])
    return max(1, math.ceil(math.sqrt(2 * candidates / IN_A_CELL)))


def _cell(one: str, other: str, groups: int) -> str:
    """SQL of the cell that two groups make, in either order."""
    return f"least({one}, {other}) * {groups} + greatest({one}, {other})"


def _session() -> Any:
    """The Spark session there is, or a new one that runs what this program runs."""
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    try:
        from pyspark.sql import SparkSession

        builder = SparkSession.builder.appName("mekhala link")
        builder = builder.config("spark.sql.shuffle.partitions", PARTITIONS)
        builder = builder.config("spark.sql.execution.arrow.maxRecordsPerBatch", BATCH)
        builder = builder.config("spark.driver.memory", MEMORY)
        builder = builder.config("spark.ui.showConsoleProgress", "false")
        session = builder.getOrCreate()
    except ModuleNotFoundError:
        raise WrongInput(
            '--engine: spark is not installed; expected pip install "mekhala[spark]", and Java'
        ) from None
    except Exception as error:
        if type(error).__name__ not in ("PySparkRuntimeError", "Py4JJavaError"):
            raise
        raise WrongInput(f"--engine: Spark does not start ({error}); expected Java 17") from None
    session.sparkContext.setLogLevel("ERROR")
    return session

"""Candidates compared by Splink on Apache Spark, for those who outgrow one machine: same settings.

Reading, blocking and joining stay with DuckDB; the pairs are compared where the session runs. What
a level weighs is added up as ``scoring`` adds it, in whole units, so that both engines say the same
of every pair to the last digit. Which cluster that is, Spark's own configuration says
(``SPARK_CONF_DIR``); without one it runs on this machine. Needs Java and
``pip install "mekhala[spark]"``.
"""

import os
import sys
from typing import TYPE_CHECKING, Any, cast

from mekhala.core.matching.linker.comparisons import COMPARISONS
from mekhala.core.matching.linker.likeness_on_spark import created
from mekhala.core.matching.linker.model import Model
from mekhala.core.matching.linker.own_folder import own_folder
from mekhala.core.matching.linker.scoring import (
    count_linkable,
    frequency_table,
    keep_scored,
    least_bits,
    units_sql,
)
from mekhala.core.matching.linker.splink_settings import COUNTED_BY, quiet, settings_of
from mekhala.core.matching.linker.weighing import prior_bits
from mekhala.core.wrong_input import WrongInput

if TYPE_CHECKING:
    import duckdb

MEMORY, PARTITIONS = "2g", "8"
ASIDE = 0.001  # bits by which Splink keeps more than is asked for, as it rounds in its own way


def score(con: "duckdb.DuckDBPyConnection", model: Model) -> None:
    """Make the table ``scored`` as ``scoring.score`` does, on a Spark session.

    Raises ``WrongInput`` where Spark or Java is not there.
    """
    session = _session()
    from splink import Linker
    from splink.backends.spark import SparkAPI

    quiet()
    with own_folder() as folder:
        session.sparkContext.setCheckpointDir(folder)
        tables = _handed_over(con, model, session, folder)
        api: Any = cast(Any, SparkAPI)(
            spark_session=session, num_partitions_on_repartition=int(PARTITIONS)
        )
        session.sql(created())
        settings = settings_of(model, "spark")
        settings |= {"retain_matching_columns": True, "additional_columns_to_retain": ["rare"]}
        linker = Linker(api.register(tables["linkable"]), settings, log_level=None)
        linker.table_management.register_term_frequency_lookup(
            api.register(tables["frequencies"]), COUNTED_BY
        )
        linker.table_management.register_blocked_pairs_for_predict(api.register(tables["to_score"]))
        least = prior_bits(model) + least_bits(count_linkable(con)) - ASIDE
        found = linker.inference.predict(threshold_match_weight=least, warning_mode="never")
        kept = f"{folder}/predicted"
        found.as_spark_dataframe().selectExpr(
            "least(rec_l, rec_r) as left_rec", "greatest(rec_l, rec_r) as right_rec",
            f"cast({_units_by_level(model)} as bigint) as units",
        ).write.parquet(kept)  # fmt: skip
        keep_scored(con, model, f"read_parquet('{kept}/*.parquet')")


def _units_by_level(model: Model) -> str:
    """SQL of the units of all evidence, over the levels as Splink numbers them, from the last."""
    told = []
    for c in COMPARISONS:
        levels = [f"gamma_{c.field} = {number}" for number in reversed(range(len(c.levels)))]
        told.append(units_sql(c, model.comparisons[c.field], f"gamma_{c.field} = -1", levels))
    return " + ".join(told)


def _session() -> Any:
    """The Spark session there is, or a new one that runs what this program runs."""
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    try:
        from pyspark.sql import SparkSession
        from splink.backends.spark import similarity_jar_location

        builder = SparkSession.builder.appName("mekhala link")
        builder = builder.config("spark.jars", similarity_jar_location())
        builder = builder.config("spark.sql.shuffle.partitions", PARTITIONS)
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


def _handed_over(
    con: "duckdb.DuckDBPyConnection", model: Model, session: Any, folder: str
) -> dict[str, Any]:
    """Write what Spark needs as Parquet files and return them as its tables."""
    frequencies = frequency_table(con, model)
    wanted = {
        "linkable": f"select linkable.*, rare from linkable left join {frequencies} "
        f"using ({COUNTED_BY})",
        "frequencies": f"select * exclude (rare) from {frequencies}",
        "to_score": "select left_rec as join_key_l, right_rec as join_key_r, '0' as match_key "
        "from candidates",
    }
    for name, sql in wanted.items():
        con.execute(f"copy ({sql}) to '{folder}/{name}.parquet' (format parquet)")
    return {name: session.read.parquet(f"{folder}/{name}.parquet") for name in wanted}

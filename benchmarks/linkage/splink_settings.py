"""Splink's settings for a model of ours."""

import logging
from collections.abc import Collection
from typing import Any

from mekhala.core.matching.linker.comparisons import COMPARISONS
from mekhala.core.matching.linker.levels import Comparison
from mekhala.core.matching.linker.model import COUNTED_BY, LevelWeight, Model


def quiet() -> None:
    """Keep Splink's advice, which is for whoever builds a model, off the screen."""
    import splink  # noqa: F401 -- it sets its level when it is loaded

    logging.getLogger("splink").setLevel(logging.ERROR)


def dropped(linker: Any) -> None:
    """Drop the tables Splink made for itself."""
    linker.table_management.delete_tables_created_by_splink_from_db()


def settings_of(model: Model, *, without: Collection[str] = ()) -> dict[str, Any]:
    """Return Splink's settings for a model, some fields left out."""
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "rec",
        "probability_two_random_records_match": model.prior,
        "retain_matching_columns": False,
        "retain_intermediate_calculation_columns": False,
        "max_iterations": 20,
        "blocking_rules_to_generate_predictions": [
            {"blocking_rule": "l.named = r.named", "sql_dialect": "duckdb"}
        ],
        "comparisons": [
            _comparison(comparison, model.comparisons[comparison.field])
            for comparison in COMPARISONS
            if comparison.field not in without
        ],
    }


def _comparison(comparison: Comparison, weights: tuple[LevelWeight, ...]) -> dict[str, Any]:
    unknown = {
        "sql_condition": comparison.unknown_sql,
        "label_for_charts": "unknown",
        "is_null_level": True,
    }
    levels = [
        {
            "sql_condition": level.condition(),
            "label_for_charts": level.code,
            "m_probability": weight.m,
            "u_probability": weight.u,
            **(_frequency() if level.by_frequency else {}),
        }
        for level, weight in zip(comparison.levels, weights, strict=True)
    ]
    return {
        "output_column_name": comparison.field,
        "comparison_levels": [unknown, *levels],
    }


def _frequency() -> dict[str, Any]:
    """Take for u how frequent the name is, whatever made the two alike."""
    return {
        "tf_adjustment_column": COUNTED_BY,
        "tf_adjustment_weight": 1.0,
        "disable_tf_exact_match_detection": True,
    }

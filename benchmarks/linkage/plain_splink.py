"""Splink as a competent newcomer sets it up: its own comparisons, exact rules to block on.

Names by Jaro–Winkler at 0.92 and 0.8 with term frequencies, the birth year the same or one off,
the rest the same or not; records compared where two columns agree, with ``--wide`` in two more
ways that find more and cost more. Dates and years are read in the
ways agencies write them, digits of any script; nothing is known of Khmer sounds.

    python -m benchmarks.linkage.plain_splink RECORDS.csv --out DIR [--fields febrl] [--wide]
"""

import argparse
import logging
import time
import warnings
from pathlib import Path

from benchmarks.linkage.peers import reading, write_summary

BIRTH = (
    "coalesce(nullif(regexp_extract(birth_date, '(\\d{4})', 1), ''), "
    "nullif(regexp_extract(birth_year, '(\\d{4})', 1), ''), "
    "cast(try_cast(regexp_extract(age_on, '(\\d{4})', 1) as integer) - try_cast(age as integer) "
    "as varchar))"
)
NAME = "lower(trim(coalesce(nullif(full_name, ''), family_name || ' ' || given_name)))"
PERSONS = f"""
create table people as select
    source || '|' || record_id as unique_id,
    nullif(case when family_name || given_name <> '' then lower(family_name)
        when {NAME} like '% %' then split_part({NAME}, ' ', 1) end, '') as family,
    nullif(case when family_name || given_name <> '' then lower(given_name)
        else regexp_replace({NAME}, '^\\S+ ', '') end, '') as given,
    nullif(name_km, '') as name_km, nullif(sex, '') as sex,
    try_cast({BIRTH} as integer) as birth_year,
    nullif(national_id, '') as national_id, nullif(phone, '') as phone,
    nullif(nationality, '') as nationality,
    nullif(district_code, '') as district, nullif(province_code, '') as province
from records
"""
PAIRS = (
    "split_part(unique_id_l, '|', 2) as \"left\", split_part(unique_id_r, '|', 2) as \"right\", "
    "match_probability as probability"
)
PEOPLE = (
    "split_part(unique_id, '|', 2) as record_id, split_part(unique_id, '|', 1) as source, "
    "cluster_id as person_id"
)
FEBRL = """
create table people as select
    source || '|' || record_id as unique_id,
    nullif(lower(family_name), '') as family, nullif(lower(given_name), '') as given,
    nullif(birth_date, '') as born, nullif(district_code, '') as postcode,
    nullif(province_code, '') as state, nullif(lower(place_text), '') as address
from records
"""


def settings(fields: str, *, wide: bool):
    """Return the settings of Splink for one kind of records, the rules to train on, sure ones."""
    import splink.comparison_library as cl
    from splink import SettingsCreator, block_on

    names = [
        cl.JaroWinklerAtThresholds(column, [0.92, 0.8]).configure(term_frequency_adjustments=True)
        for column in ("family", "given")
    ]
    if fields == "febrl":
        rules = [block_on("born"), block_on("given", "family"), block_on("postcode", "given"),
                 block_on("postcode", "family"), block_on("address"),
                 block_on("family", "state")]  # fmt: skip
        rest = [
            cl.LevenshteinAtThresholds("born", [1, 2]),
            cl.LevenshteinAtThresholds("postcode", [1, 2]), cl.ExactMatch("state"),
            cl.JaroWinklerAtThresholds("address", [0.9, 0.8]),
        ]  # fmt: skip
        train = [block_on("given"), block_on("born"), block_on("postcode")]
        sure = [block_on("given", "family", "born"), block_on("born", "postcode", "family")]
        return _creator(SettingsCreator, [*names, *rest], rules), train, sure
    rules = [block_on("family", "given"), block_on("name_km"), block_on("given", "birth_year"),
             block_on("given", "district"), block_on("national_id"), block_on("phone")]  # fmt: skip
    if wide:
        rules += [block_on("family", "birth_year"), block_on("birth_year", "sex", "district")]
    rest = [
        cl.JaroWinklerAtThresholds("name_km", [0.92, 0.8]).configure(
            term_frequency_adjustments=True
        ),
        _year(), cl.ExactMatch("sex"), cl.ExactMatch("national_id"), cl.ExactMatch("phone"),
        cl.ExactMatch("nationality"),
        cl.ExactMatch("district").configure(term_frequency_adjustments=True),
    ]  # fmt: skip
    # on same names alone, expectation maximisation takes namesakes for matches in a large file
    train = [block_on("name_km", "birth_year"), block_on("given", "family", "district"),
             block_on("birth_year", "district")]  # fmt: skip
    sure = [block_on("name_km", "birth_year", "district"),
            block_on("given", "family", "birth_year", "district")]  # fmt: skip
    return _creator(SettingsCreator, [*names, *rest], rules), train, sure


def _creator(creator, comparisons, rules):
    return creator(
        link_type="dedupe_only", comparisons=comparisons,
        blocking_rules_to_generate_predictions=rules,
    )  # fmt: skip


def _year():
    import splink.comparison_level_library as cll
    import splink.comparison_library as cl

    return cl.CustomComparison(
        output_column_name="birth_year",
        comparison_levels=[
            cll.NullLevel("birth_year"), cll.ExactMatchLevel("birth_year"),
            cll.CustomLevel("abs(birth_year_l - birth_year_r) <= 1", "one year off"),
            cll.ElseLevel(),
        ],
    )  # fmt: skip


def link(records: Path, folder: Path, fields: str, floor: float, *, wide: bool) -> dict[str, float]:
    """Train, predict, join; write ``pairs.csv`` and ``people.csv``; return seconds by step."""
    import duckdb
    from splink import Linker
    from splink.backends.duckdb import DuckDBAPI

    began, at = time.perf_counter(), {}
    connection = duckdb.connect()
    connection.execute(reading("records", records))
    connection.execute(FEBRL if fields == "febrl" else PERSONS)
    backend = DuckDBAPI(connection=connection)
    model, train, sure = settings(fields, wide=wide)
    linker = Linker(backend.register("people"), model)
    training = linker.training
    training.estimate_probability_two_random_records_match(sure, recall=0.2)
    training.estimate_u_using_random_sampling(max_pairs=2e6, seed=1)
    for rule in train:
        training.estimate_parameters_using_expectation_maximisation(rule)
    at["train"] = time.perf_counter() - began
    found = linker.inference.predict(threshold_match_probability=floor)
    at["predict"] = time.perf_counter() - began - at["train"]
    joined = linker.clustering.cluster_pairwise_predictions_at_threshold(
        found, threshold_match_probability=0.95
    )
    folder.mkdir(parents=True, exist_ok=True)
    _copy(connection, found.physical_name, folder / "pairs.csv", PAIRS)
    _copy(connection, joined.physical_name, folder / "people.csv", PEOPLE)
    return {"seconds": time.perf_counter() - began, **at}


def _copy(connection, table: str, path: Path, columns: str) -> None:
    connection.execute(f"copy (select {columns} from {table}) to '{path}' (header, delimiter ',')")


def main(argv: list[str] | None = None) -> int:
    """Link one file; write the folder."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("records", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--fields", choices=("persons", "febrl"), default="persons")
    parser.add_argument("--wide", action="store_true", help="more ways to block")
    parser.add_argument("--floor", type=float, default=0.5)
    given = parser.parse_args(argv)
    logging.disable(logging.WARNING)
    warnings.simplefilter("ignore")
    seconds = link(given.records, given.out, given.fields, given.floor, wide=given.wide)
    write_summary(given.out, seconds)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

"""``recordlinkage`` 0.16 with its unsupervised classifier (ECM), on the same file.

Blocks on names and birth years that agree, compares names by Jaro–Winkler and the rest exactly,
as its own guide has it. Held in memory by pandas: for files of some thousands.

    python -m benchmarks.linkage.ecm RECORDS.csv --out DIR [--fields persons|febrl]
"""

import argparse
import csv
import time
import warnings
from pathlib import Path

from benchmarks.linkage.peers import reading, write_summary
from benchmarks.linkage.plain_splink import FEBRL, PERSONS

NAMES = {"persons": ("family", "given", "name_km"), "febrl": ("family", "given", "address")}
EXACT = {"persons": ("birth_year", "sex", "district", "national_id", "nationality"),
         "febrl": ("born", "postcode", "state")}  # fmt: skip
BLOCKS = {
    "persons": (["family", "given"], ["name_km"], ["given", "birth_year"], ["national_id"]),
    "febrl": (["given"], ["family"], ["born"], ["postcode"]),
}


def link(records: Path, folder: Path, fields: str, floor: float) -> dict[str, float]:
    """Compare, classify; write ``pairs.csv``; return seconds."""
    import duckdb
    import recordlinkage

    began = time.perf_counter()
    connection = duckdb.connect()
    connection.execute(reading("records", records))
    connection.execute(FEBRL if fields == "febrl" else PERSONS)
    frame = connection.execute("select * from people").df().set_index("unique_id")
    index = recordlinkage.Index()
    for block in BLOCKS[fields]:
        index.block(block)
    pairs = index.index(frame)
    compare = recordlinkage.Compare()
    for column in NAMES[fields]:
        compare.string(column, column, method="jarowinkler", threshold=0.85, label=column)
    for column in EXACT[fields]:
        compare.exact(column, column, label=column)
    features = compare.compute(pairs, frame)
    classifier = recordlinkage.ECMClassifier()
    classifier.fit_predict(features)
    told = classifier.prob(features)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "pairs.csv").open("w", encoding="utf-8", newline="") as lines:
        out = csv.writer(lines)
        out.writerow(("left", "right", "probability"))
        for (left, right), chance in told[told >= floor].items():
            out.writerow((left.split("|")[1], right.split("|")[1], chance))
    return {"seconds": time.perf_counter() - began}


def main(argv: list[str] | None = None) -> int:
    """Link one file; write the folder."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("records", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--fields", choices=tuple(BLOCKS), default="persons")
    parser.add_argument("--floor", type=float, default=0.5)
    given = parser.parse_args(argv)
    warnings.simplefilter("ignore")
    write_summary(given.out, link(given.records, given.out, given.fields, given.floor))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

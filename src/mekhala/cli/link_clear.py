"""``mekhala link`` over records in clear: on DuckDB or Spark, with a report."""

import argparse
import json
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mekhala.cli.answers import peak_mb, read_text
from mekhala.cli.progress import Progress
from mekhala.core.wrong_input import WrongInput

if TYPE_CHECKING:
    import duckdb

    from mekhala.core.matching.linker.linking import Linked
    from mekhala.core.matching.linker.model import Model


def linked_clear(
    args: argparse.Namespace, began: float
) -> tuple[dict[str, str], dict[str, Any], str]:
    """Link files of records; return the files to write, a summary and what to say."""
    from mekhala.core.matching.linker.in_memory import in_memory
    from mekhala.core.matching.linker.linking import link_raw

    model = _model(args.model)
    with in_memory() as con, Progress("link") as progress:
        _read(con, args.records, args.columns)
        ids = con.execute("select source, record_id from raw order by rec").fetchall()
        linked = link_raw(
            con, threshold=args.threshold, review_from=args.review_from,
            distinct=_distinct(args.distinct, ids), model=model, engine=args.engine,
            seed=args.seed, on=datetime.now(UTC).date().isoformat(), progress=progress,
        )  # fmt: skip
    summary = _summary(args, linked, ids, began)
    files = _files(linked, ids, summary)
    if args.model and model is None:
        _keep(args.model, files["model.json"])
    return files, summary, _in_words(args, summary)


def _read(
    con: "duckdb.DuckDBPyConnection", paths: Sequence[str], columns: str | None = None
) -> None:
    """Read the files into the table ``raw``, at once or row by row."""
    from mekhala.core.matching.linker.csv_files import raw_of_files
    from mekhala.core.matching.linker.tables import raw_of_records
    from mekhala.core.matching.records import read_records

    if columns is None and "-" not in paths and raw_of_files(con, paths):
        return
    if columns is not None:
        from mekhala.cli.import_files import records_by

        records = [r for path in paths for r in records_by(columns, path)]
    else:
        records = [r for path in paths for r in read_records(read_text(path), path)]
    seen: set[tuple[str, str]] = set()
    for record in records:
        key = record["source"], record["record_id"]
        if key in seen:
            raise WrongInput(
                f"{paths[-1]}: {key[1]!r} of {key[0]} is in another file too; expected an id of "
                "its own for each record of a source"
            )
        seen.add(key)
    raw_of_records(con, records)


def _model(path: Path | None) -> "Model | None":
    from mekhala.core.matching.linker.model import Model

    if path is None or not path.exists():
        return None
    return Model.loads(read_text(str(path)), str(path))


def _keep(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise WrongInput(f"{path}: {error.strerror}; expected a file to write to") from None


def _distinct(given: str, ids: Sequence[tuple[str, str]]) -> list[str]:
    names = [name for name in given.split(",") if name]
    known = {source for source, _ in ids}
    for name in names:
        if name not in known:
            raise WrongInput(f"--distinct: {name!r} is no list here; expected names of lists")
    return names


def _summary(
    args: argparse.Namespace, linked: "Linked", ids: Sequence[tuple[str, str]], began: float
) -> dict[str, Any]:
    from mekhala import __version__

    return {
        "records": len(ids), "people": len(linked.people), "pairs": len(linked.pairs),
        "seconds": round(time.perf_counter() - began, 2),
        "peak_mb": peak_mb(),
        "seconds_by_step": dict(linked.seconds), "engine": args.engine, "version": __version__,
        "unlinkable": linked.unlinkable, "pairs_compared": linked.compared,
        "joins_refused": linked.refused, "not_read": dict(linked.unread),
        "blocks_too_large": dict(linked.crowded), "threshold": args.threshold,
        "review_from": args.review_from, "seed": args.seed, "trained_on": linked.model.trained_on,
        "model": linked.model.how,
    }  # fmt: skip


def _files(
    linked: "Linked", ids: Sequence[tuple[str, str]], summary: dict[str, Any]
) -> dict[str, str]:
    """Return the text of each file of the folder; overlaps only where there are two lists."""
    from mekhala.core.estimation.tables import write_overlaps
    from mekhala.core.matching.exact_keys import overlaps
    from mekhala.core.matching.linker.report import report
    from mekhala.core.matching.records import called
    from mekhala.core.table_cells import csv_text

    names = called(ids)
    pairs = [(names[a], names[b], chance) for a, b, chance in linked.pairs]
    people = [(r, s, person.person_id) for person in linked.people for s, r in person.records]
    found = {
        "pairs.csv": csv_text([("left", "right", "probability"), *pairs], line_end="\n"),
        "people.csv": csv_text([("record_id", "source", "person_id"), *people], line_end="\n"),
        "model.json": linked.model.dumps(),
        "summary.json": json.dumps(summary, indent=2) + "\n",
        "report.html": report(linked, summary),
    }
    if len({source for source, _ in ids}) > 1:
        found["overlaps.csv"] = write_overlaps(overlaps(linked.people))
    return found


def _in_words(args: argparse.Namespace, summary: dict[str, Any]) -> str:
    unread = ", ".join(f"{n} in {column}" for column, n in summary["not_read"].items())
    return (
        f"{args.out}: {summary['records']} records, {summary['people']} people, "
        f"{summary['pairs']} pairs told; {summary['unlinkable']} records say too little to be "
        f"looked for{'; not read, taken as unknown: ' + unread if unread else ''}. "
        "A person decides on every pair."
    )

"""``mekhala linkage``: how right a folder of ``mekhala link`` is, and for whom."""

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mekhala.cli.answers import print_json, print_table, read_text
from mekhala.cli.encode_command import write_private
from mekhala.core.wrong_input import WrongInput

if TYPE_CHECKING:
    from mekhala.core.matching.judged import Judged, Names
    from mekhala.core.matching.quality import Quality

SUMMARY = (
    "How right a linkage is, and for whom: by a truth, or by pairs that people checked; why a pair "
    "was told"
)

type Record = Mapping[str, str]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the folder, the records in clear, and which of the four is asked."""
    add = parser.add_argument
    add("folder", type=Path, metavar="DIR", help="what mekhala link wrote")
    add("records", nargs="*", metavar="RECORDS.csv", help="in clear: for groups and near pairs")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--truth", metavar="FILE", help="source, record_id, true_person")
    what.add_argument("--draw", type=Path, metavar="FILE", help="write pairs for people to check")
    what.add_argument("--checked", metavar="FILE", help="the drawn pairs with their answers")
    what.add_argument(
        "--pair", nargs=2, metavar="ID",
        help="what speaks for and against two records, in words and as a waterfall; an id several "
        "lists have is written list:id",
    )  # fmt: skip
    add("--columns", metavar="MAP.toml", help="how other column names of the records are read")
    add("--size", type=int, default=500, metavar="N", help="pairs to draw (500)")
    add("--threshold", type=float, default=0.95, help="joined from here on")
    add("--seed", type=int, default=0)
    add("--json", action="store_true", help="print one JSON document")


def run(args: argparse.Namespace) -> int:
    """Measure against a truth, draw a sample, say what a checked one tells, or explain a pair."""
    from mekhala.core.matching.judged import Names, read_pairs

    if not 0 < args.threshold <= 1:
        raise WrongInput(f"--threshold: {args.threshold} is not above 0 and up to 1")
    records = _records(args.folder, args.records, args.columns)
    names = Names.of(records)
    path = str(args.folder / "pairs.csv")
    told = read_pairs(read_text(path), names, path)
    if args.truth:
        return _by_truth(args, records, told)
    if args.pair:
        return _of_a_pair(args, records, names, told)
    return _drawn(args, records, told) if args.draw else _by_people(args, records, names)


def _records(folder: Path, paths: Sequence[str], columns: str | None) -> list[Record]:
    """The records of the folder in their order, with what the files in clear say of them."""
    from mekhala.core.estimation.link_records import PEOPLE
    from mekhala.core.matching.records import COLUMNS
    from mekhala.core.table_text import named_rows

    path = str(folder / "people.csv")
    rows = [row for _, row in named_rows(read_text(path), path, PEOPLE)]
    clear = {(r["source"], r["record_id"]): r for p in paths for r in _in_clear(p, columns)}
    empty = dict.fromkeys(COLUMNS, "")
    lost = [row for row in rows if clear and (row["source"], row["record_id"]) not in clear]
    if lost:
        raise WrongInput(
            f"{', '.join(paths)}: hold no record {lost[0]['record_id']!r} of {lost[0]['source']}; "
            f"expected all records of {path}"
        )
    return [clear.get((r["source"], r["record_id"]), {**empty, **r}) for r in rows]


def _in_clear(path: str, columns: str | None) -> Sequence[Record]:
    from mekhala.core.matching.records import read_records

    if columns is None:
        return read_records(read_text(path), path)
    from mekhala.cli.import_files import records_by

    return records_by(columns, path)


def _of_a_pair(
    args: argparse.Namespace, records: Sequence[Record], names: "Names",
    told: Mapping[tuple[int, int], float],
) -> int:  # fmt: skip
    from mekhala.cli.linkage_pair import explain

    if not args.records:
        raise WrongInput("RECORDS.csv: are missing; expected the records in clear beside --pair")
    explain(args.folder, records, names, told, args.pair, as_json=args.json)
    return 0


def _by_truth(
    args: argparse.Namespace, records: Sequence[Record], told: Mapping[tuple[int, int], float]
) -> int:
    from mekhala.core.matching.judged import by_truth, read_truth

    person = read_truth(read_text(args.truth), records, args.truth)
    _show(_quality(args, by_truth(told, person), records), {}, as_json=args.json)
    return 0


def _quality(
    args: argparse.Namespace, pairs: "Sequence[Judged]", records: Sequence[Record]
) -> "Quality":
    from mekhala.core.matching.quality import quality_of

    return quality_of(pairs, records, threshold=args.threshold)


def _show(quality: "Quality", more: dict[str, Any], *, as_json: bool) -> None:
    from mekhala.core.matching.quality import SHOWN

    if as_json:
        print_json({**more, **quality.to_dict()})
        return
    print_table(*quality.table())
    if small := quality.left_out:
        names = "; ".join(f"{part.of}: {part.group}" for part in small)
        print(
            f"\n{len(small)} groups of fewer than {SHOWN} pairs are not shown, and of so few "
            f"nothing is known, good or bad (--json has them): {names}"
        )
    if quality.bands:
        print()
        print_table(*quality.calibration())
    print(f"\n{quality}")


def _drawn(
    args: argparse.Namespace, records: Sequence[Record], told: Mapping[tuple[int, int], float]
) -> int:
    from mekhala.core.matching.review_file import write_sample
    from mekhala.core.matching.review_sample import coarse_keys, draw_pairs

    drawn = draw_pairs(
        told, coarse_keys(records), size=args.size, threshold=args.threshold, seed=args.seed
    )
    write_private(args.draw, write_sample(drawn, records))
    if args.json:
        print_json({"out": str(args.draw), "pairs": len(drawn), "seed": args.seed})
    else:
        print(
            f"{args.draw}: {len(drawn)} pairs to check; write yes or no under same, leave it empty "
            "where nobody can tell. Ids only: look the records up where they are kept."
        )
    return 0


def _by_people(args: argparse.Namespace, records: Sequence[Record], names: "Names") -> int:
    from mekhala.core.matching.review_file import judged_by_people, read_checked
    from mekhala.core.matching.review_rates import rates

    checked = read_checked(read_text(args.checked), names, args.checked)
    found = rates(checked, seed=args.seed)
    quality = _quality(args, judged_by_people(checked), records)
    if not args.json:
        print(f"{found}\n")
    _show(quality, {"checked": found.to_dict()}, as_json=args.json)
    return 0

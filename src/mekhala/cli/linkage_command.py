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

SUMMARY = "How right a linkage is, and for whom: by a truth, or by pairs that people checked"

type Record = Mapping[str, str]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the folder, the records in clear, and which of the three is asked."""
    add = parser.add_argument
    add("folder", type=Path, metavar="DIR", help="what mekhala link wrote")
    add("records", nargs="*", metavar="RECORDS.csv", help="in clear: for groups and near pairs")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--truth", metavar="FILE", help="source, record_id, true_person")
    what.add_argument("--draw", type=Path, metavar="FILE", help="write pairs for people to check")
    what.add_argument("--checked", metavar="FILE", help="the drawn pairs with their answers")
    add("--size", type=int, default=500, metavar="N", help="pairs to draw (500)")
    add("--threshold", type=float, default=0.95, help="joined from here on")
    add("--seed", type=int, default=0)
    add("--json", action="store_true", help="print one JSON document")


def run(args: argparse.Namespace) -> int:
    """Measure against a truth, draw a sample, or say what a checked one tells."""
    from mekhala.core.matching.judged import Names, read_pairs

    if not 0 < args.threshold <= 1:
        raise WrongInput(f"--threshold: {args.threshold} is not above 0 and up to 1")
    records = _records(args.folder, args.records)
    names = Names.of(records)
    path = str(args.folder / "pairs.csv")
    told = read_pairs(read_text(path), names, path)
    if args.truth:
        return _by_truth(args, records, told)
    return _drawn(args, records, told) if args.draw else _by_people(args, records, names)


def _records(folder: Path, paths: Sequence[str]) -> list[Record]:
    """The records of the folder in their order, with what the files in clear say of them."""
    from mekhala.core.estimation.link_records import PEOPLE
    from mekhala.core.matching.records import COLUMNS, read_records
    from mekhala.core.table_text import named_rows

    path = str(folder / "people.csv")
    rows = [row for _, row in named_rows(read_text(path), path, PEOPLE)]
    clear = {(r["source"], r["record_id"]): r for p in paths for r in read_records(read_text(p), p)}
    empty = dict.fromkeys(COLUMNS, "")
    lost = [row for row in rows if clear and (row["source"], row["record_id"]) not in clear]
    if lost:
        raise WrongInput(
            f"{', '.join(paths)}: hold no record {lost[0]['record_id']!r} of {lost[0]['source']}; "
            f"expected all records of {path}"
        )
    return [clear.get((r["source"], r["record_id"]), {**empty, **r}) for r in rows]


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
    if as_json:
        print_json({**more, **quality.to_dict()})
        return
    print_table(*quality.table())
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

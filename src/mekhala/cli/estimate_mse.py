"""``mekhala estimate mse``: how many people in all, by several methods side by side."""

import argparse
import os
import shlex
import tempfile
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mekhala.cli.answers import print_json, print_table, read_text
from mekhala.cli.progress import Progress
from mekhala.core.wrong_input import WrongInput

if TYPE_CHECKING:
    from mekhala.core.estimation.estimate import Estimate
    from mekhala.core.estimation.gate import Gate, Period
    from mekhala.core.estimation.review import Review
    from mekhala.core.estimation.tables import OverlapTable

LINKED = ("independence", "stepwise")  # members quick enough for every partition, in a panel
NAMES = "independence, stepwise, bic, bayes-threshold, decomposable, latent-class, chao"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The lists, the method and its settings, and where a report goes."""
    add = parser.add_argument
    add("lists", metavar="LISTS.csv",
        help="0/1 columns and a last column count, or one row per person")  # fmt: skip
    add("--method", default="all", metavar="NAME", help=f"{NAMES}, or all (default)")
    add("--bootstrap", type=int, default=1000, metavar="N",
        help="replicates; 0: the model's own interval")  # fmt: skip
    add("--seed", type=int, default=0)
    add("--links", metavar="PEOPLE.csv",
        help="people of the linker (record_id, source, person_id): adds linkage uncertainty to "
        "independence and stepwise, or to the one method asked for")  # fmt: skip
    add("--pairs", metavar="PAIRS.csv", help="its pairs; pairs.csv beside PEOPLE.csv if not given")
    add("--distinct", action="append", default=[], metavar="LIST",
        help="with --links: a list that holds each person once; may be given again")  # fmt: skip
    add("--checked", metavar="FILE",
        help="with --links: pairs drawn by mekhala linkage and checked by people; puts the tables "
        "right by what they found")  # fmt: skip
    add("--strata", metavar="COLUMN", help="a number for each value of a column, and their sum")
    add(
        "--period", metavar="FIRST/LAST", help="the days the lists stand for: 2025-01-01/2025-12-31"
    )
    add("--html", metavar="FILE", help="write a report that stands alone")


def run(args: argparse.Namespace) -> int:
    """Estimate, and print the answer as JSON or as words; write the report if asked."""
    from mekhala.core.estimation.methods import check_settings

    check_settings(level=args.level, bootstrap=args.bootstrap, seed=args.seed)
    _check(args)
    return _strata(args) if args.strata else _panel(args)


def _check(args: argparse.Namespace) -> None:
    """Refuse options that do not go together, before any work is done."""
    for name in ("pairs", "distinct", "checked"):
        if getattr(args, name) and not args.links:
            raise WrongInput(f"--{name}: is given without --links; give both")
    for name in ("links", "html", "period"):
        if args.strata and getattr(args, name):
            raise WrongInput(f"--{name}: has no meaning with --strata; leave one of them out")
    if args.html and (Path(args.html).is_dir() or not Path(args.html).parent.is_dir()):
        raise WrongInput(f"--html: {args.html} cannot be a file; expected a name in a folder")


def _panel(args: argparse.Namespace) -> int:
    """Every method asked for on one table."""
    from mekhala.core.estimation.gate import gate
    from mekhala.core.estimation.panel import agreement
    from mekhala.core.estimation.tables import read_overlaps
    from mekhala.core.estimation.ties import ties

    table = read_overlaps(read_text(args.lists), args.lists)
    gated = gate(table, period=_period(args.period))
    estimates = _estimates(args, table)
    agreed = agreement(estimates, gated)
    if args.html:
        _write(Path(args.html), _report(args, table, estimates, agreed))
    if args.json and args.method != "all":
        print_json(estimates[0].to_dict())
    elif args.json:
        curve = ties(estimates, len(table.lists))
        print_json({
            "estimates": [e.to_dict() for e in estimates], "agreement": agreed,
            "gate": gated.to_dict(), "ties": curve.to_dict() if curve else None,
        })  # fmt: skip
    else:
        _show(estimates, gated, agreed if args.method == "all" else None)
    return 0


def _estimates(args: argparse.Namespace, table: "OverlapTable") -> "list[Estimate]":
    """Ask each method in order, with a bar for those who wait."""
    from mekhala.core.estimation.panel import methods_for

    there = methods_for(table)
    if args.method != "all" and args.method not in there:
        known = ", ".join(["all", *there])
        raise WrongInput(f"--method: {args.method!r} is not known; expected one of {known}")
    settings = {"level": args.level, "bootstrap": args.bootstrap, "seed": args.seed}
    links = _links(args, table) if args.links else None
    review = _review(args) if args.checked else None
    found = []
    for name in list(there) if args.method == "all" else [args.method]:
        with Progress(name) as progress:
            if links is None or (args.method == "all" and name not in LINKED):
                found.append(there[name](table, **settings, progress=progress))
            else:
                found.append(
                    _linked(links, name, there[name], settings | {"review": review}, progress)
                )
    return found


def _links(args: argparse.Namespace, table: "OverlapTable") -> Any:
    """The linker's files; refuses files of another linking than the lists."""
    from mekhala.core.estimation.link_records import read_links

    pairs = _pairs_file(args)
    links = read_links(
        read_text(args.links), read_text(pairs), distinct=args.distinct, people_name=args.links,
        pairs_name=pairs,
    )  # fmt: skip
    if links.plug_in().data_hash() != table.data_hash():
        raise WrongInput(
            f"{args.links}: gives other overlaps than {args.lists}; expected the people of the "
            "same linking"
        )
    return links


def _review(args: argparse.Namespace) -> "Review":
    """What people found on a sample, beyond what the probabilities of pairs tell."""
    from mekhala.core.estimation.link_records import PEOPLE
    from mekhala.core.matching.judged import Names, read_pairs
    from mekhala.core.matching.review_file import read_checked
    from mekhala.core.matching.review_rates import rates
    from mekhala.core.table_text import named_rows

    names = Names.of(row for _, row in named_rows(read_text(args.links), args.links, PEOPLE))
    pairs = _pairs_file(args)
    told = read_pairs(read_text(pairs), names, pairs)
    checked = read_checked(read_text(args.checked), names, args.checked)
    return rates(checked, seed=args.seed).review(told)


def _pairs_file(args: argparse.Namespace) -> str:
    return args.pairs or str(Path(args.links).with_name("pairs.csv"))


def _linked(
    links: Any, name: str, member: Any, settings: dict[str, Any], progress: Progress
) -> "Estimate":
    from mekhala.core.estimation.links import linked

    return linked(links, name if name in LINKED else member, **settings, progress=progress)


def _period(text: str | None) -> "Period | None":
    from mekhala.core.estimation.gate import Period

    if text is None:
        return None
    try:
        first, last = map(date.fromisoformat, text.split("/"))
    except ValueError:
        expected = "expected two days such as 2025-01-01/2025-12-31"
        raise WrongInput(f"--period: {text!r} is no span of days; {expected}") from None
    return Period(first_on=first, last_on=last)


def _report(
    args: argparse.Namespace, table: "OverlapTable", estimates: "list[Estimate]",
    agreed: dict[str, Any],
) -> str:  # fmt: skip
    from mekhala.core.estimation.report import Told, report

    return report(Told(
        table=table, estimates=estimates, agreement=agreed, command=_command(args),
        made=f"{datetime.now(UTC):%-d %B %Y}", source=Path(args.lists).name,
    ))  # fmt: skip


def _command(args: argparse.Namespace) -> str:
    """The command that gives the same answer again; a file is named without its folder."""
    words = ["mekhala", "estimate", "mse", Path(args.lists).name, "--method", args.method]
    words += ["--level", f"{args.level:g}", "--bootstrap", str(args.bootstrap)]
    words += ["--seed", str(args.seed)]
    for name in ("links", "pairs", "checked"):
        given = getattr(args, name)
        words += [f"--{name}", Path(given).name] if given else []
    for name in args.distinct:
        words += ["--distinct", name]
    words += ["--period", args.period] if args.period else []
    return shlex.join(words)


def _write(path: Path, text: str) -> None:
    """Write the whole file or nothing; what stood there before is replaced."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _show(estimates: "Sequence[Estimate]", gated: "Gate", agreed: dict[str, Any] | None) -> None:
    """The estimates as a table, what each rests on, what may be told of them."""
    from mekhala.core.estimation.wording import why_not_drawn

    heads = ["method", "observed", "estimate", "low", "high", "interval"]
    rows = [[e.method, e.observed, *map(_people, (e.estimate, e.low, e.high)), e.interval]
            for e in estimates]  # fmt: skip
    print_table(heads, rows)
    for e in estimates:
        print(f"\n{e}")
    if agreed is None:
        return
    said = {warned.code for e in estimates for warned in e.warnings}
    for warned in gated.warnings:
        if warned.code not in said:
            print(f"\n{warned.code}: {warned.because}")
    low, high = _people(agreed["low"]), _people(agreed["high"])
    print(f"\nagreement: {low} to {high}; {agreed['differ_by']}")
    unsettled = [e.method for e in estimates if e.exists and why_not_drawn(e)]
    if unsettled:
        print(f"did not settle, to be read as no number: {', '.join(unsettled)}")
    print(f"may be told: {agreed['verdict'].replace('_', ' ')}")
    for reason in agreed["reasons"]:
        print(f"  {reason['code']}: {reason['because']}")


def _strata(args: argparse.Namespace) -> int:
    """One number for each value of a column, and a total that is their sum."""
    from mekhala.core.estimation.panel import METHODS
    from mekhala.core.estimation.strata import by_stratum
    from mekhala.core.estimation.stratum_rows import read_strata

    name = "stepwise" if args.method == "all" else args.method
    if name not in METHODS:
        known = ", ".join(METHODS)
        raise WrongInput(f"--method: {name!r} is not known; expected one of {known}")
    tables = read_strata(read_text(args.lists), args.lists, args.strata)
    found = by_stratum(
        tables, METHODS[name], column=args.strata, level=args.level, bootstrap=args.bootstrap,
        seed=args.seed,
    )  # fmt: skip
    if args.json:
        print_json(found.to_dict())
        return 0
    named = [(s.name, s.estimate) for s in found.strata]
    named += [("total", found.total), ("all in one", found.whole)]
    rows = [[name, e.observed, *map(_people, (e.estimate, e.low, e.high))]
            for name, e in named]  # fmt: skip
    print_table([args.strata, "observed", "estimate", "low", "high"], rows)
    if found.suppressed:
        print(f"\nnot shown, too few people: {', '.join(found.suppressed)}")
    for warned in found.warnings:
        print(f"{warned.code}: {warned.because}")
    print(f"\n{found.total}")
    return 0


def _people(number: float | None) -> str:
    return "none" if number is None else f"{number:,.0f}"

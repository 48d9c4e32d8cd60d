"""``mekhala estimate proportion``: a share from a sample of one of seven designs."""

import argparse
from typing import TYPE_CHECKING, Any

from mekhala.cli.answers import print_json, read_text
from mekhala.core.wrong_input import WrongInput

if TYPE_CHECKING:
    from mekhala.core.estimation.estimate import Estimate

DESIGNS = ("strata", "time_location", "two_phase", "rds", "scale_up")
ONLY_WITH = {  # which option has a meaning only where another is given
    "positive": "screened",
    "screened": "positive",
    "clusters": "screened",
    "known": "scale_up",
    "hidden": "scale_up",
    "sensitivity": "specificity",
    "specificity": "sensitivity",
}
EPILOG = """\
One sample: --positive N --screened N, with --clusters where people were screened together and
--sensitivity, --specificity where the screening errs. Or one file of another design:
--strata, --time-location, --two-phase, --rds (with --population: none drawn twice), or
--scale-up with --known and --population. Say with --not-covered whom it could not reach."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the one sample, of the files of other designs, and of all."""
    parser.epilog = EPILOG
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    for name, words in (
        ("positive", "people screened positive"),
        ("screened", "people screened"),
        ("refused", "people asked who refused to be screened"),
        ("population", "people the sample stands for"),
    ):
        parser.add_argument(f"--{name}", type=int, metavar="N", help=words)
    for name, words in (
        ("sensitivity", "how often the screening finds who is positive: 45/50 people, or 0.9"),
        ("specificity", "how often it clears who is not: 180/200 people, or 0.9"),
    ):
        parser.add_argument(f"--{name}", metavar="A/B", help=words)
    for name, columns in (
        ("clusters", "cluster, positive, screened"),
        ("strata", "stratum, positive, screened; refused, population where counted"),
        ("time-location", "event, positive, visits; venue, present, chance where known"),
        ("two-phase", "grade, screened, confirmed, positive"),
        ("rds", "id, recruiter (or coupon, coupons), degree, positive"),
        ("scale-up", "hidden and a column for each known group; weight, cluster"),
        ("known", "group, size"),
        ("hidden", "hidden people's own answers: a column for each known group"),
    ):
        parser.add_argument(f"--{name}", metavar="FILE.csv", help=f"columns {columns}")
    parser.add_argument("--interval", choices=("wilson", "logit", "exact"))
    parser.add_argument("--frame", metavar="WORDS", help="whom the sample could reach")
    parser.add_argument("--not-covered", metavar="WORDS", help="whom it could not reach")
    parser.add_argument("--bootstrap", type=int, default=1000, metavar="N", help="replicates")
    parser.add_argument("--seed", type=int, default=0)


def run(args: argparse.Namespace) -> int:
    """Estimate by the design that is asked for, and print the answer as JSON or as words."""
    found = _estimate(args, _design(args))
    if args.json:
        print_json(found.to_dict())
    else:
        _show(found)
    return 0


def _design(args: argparse.Namespace) -> str:
    """The one design asked for; refuses two, none, or an option without the one it needs."""
    asked = [name for name in DESIGNS if getattr(args, name) is not None]
    one = ["screened"] if (args.positive, args.screened) != (None, None) else []
    if len(asked + one) != 1:
        which = " and ".join(map(_option, one + asked)) or "nothing"
        raise WrongInput(
            f"estimate proportion: {which} given; expected --positive and --screened, or one of "
            + ", ".join(map(_option, DESIGNS))
        )
    for name, needs in ONLY_WITH.items():
        if getattr(args, name) is not None and getattr(args, needs) is None:
            raise WrongInput(f"{_option(name)}: is given without {_option(needs)}; give both")
    design = (one + asked)[0]
    _check_fits(args, design)
    return design


def _check_fits(args: argparse.Namespace, design: str) -> None:
    """Refuse an option that the design would pass over in silence."""
    unused = {
        "refused": design in ("screened", "two_phase"),
        "interval": design in ("screened", "strata", "time_location", "two_phase")
        and args.sensitivity is None,
        "sensitivity": design == "screened" and args.clusters is None,
    }
    for name, fits in unused.items():
        if getattr(args, name) is not None and not fits:
            other = "--clusters" if design == "screened" and args.clusters else "this design"
            other = "--sensitivity" if name == "interval" and args.sensitivity else other
            raise WrongInput(f"{_option(name)}: has no meaning with {other}; leave it out")


def _option(name: str) -> str:
    return "--" + name.replace("_", "-")


def _estimate(args: argparse.Namespace, design: str) -> "Estimate":
    """Read what the design needs and estimate."""
    from mekhala.core.estimation.shares import Frame

    frame = Frame(covered=args.frame, not_covered=args.not_covered, population=args.population)
    if design == "screened":
        return _one_sample(args, frame)
    if design in ("rds", "scale_up"):
        resampled = {"level": args.level, "bootstrap": args.bootstrap, "seed": args.seed}
        return {"rds": _recruited, "scale_up": _scaled_up}[design](args, frame, resampled)
    return _from_file(args, design, frame)


def _kind(args: argparse.Namespace, usual: str | None) -> Any:
    from mekhala.core.estimation.binomial import Kind

    chosen = args.interval or usual
    return {"wilson": Kind.WILSON, "logit": Kind.LOGIT, "exact": Kind.EXACT, None: None}[chosen]


def _one_sample(args: argparse.Namespace, frame: Any) -> "Estimate":
    from mekhala.core.estimation.clusters import read_clusters
    from mekhala.core.estimation.misclassification import corrected, read_rate
    from mekhala.core.estimation.proportion import proportion

    counts = {"positive": args.positive, "screened": args.screened, "refused": args.refused}
    if args.sensitivity is not None:
        return corrected(
            **counts, level=args.level, frame=frame,
            sensitivity=read_rate(args.sensitivity, "--sensitivity"),
            specificity=read_rate(args.specificity, "--specificity"),
        )  # fmt: skip
    clusters = None
    if args.clusters is not None:
        clusters = read_clusters(read_text(args.clusters), args.clusters)
    return proportion(
        **counts, clusters=clusters, level=args.level, interval=_kind(args, None), frame=frame
    )


def _from_file(args: argparse.Namespace, design: str, frame: Any) -> "Estimate":
    from mekhala.core.estimation import stratified, time_location, two_phase

    path = getattr(args, design)
    text = read_text(path)
    settings = {"level": args.level, "interval": _kind(args, "wilson"), "frame": frame,
                "name": path}  # fmt: skip
    if design == "strata":
        return stratified.stratified(stratified.read_strata(text, path), **settings)
    if design == "two_phase":
        grades = two_phase.read_grades(text, path)
        return two_phase.two_phase(grades, refused=args.refused, **settings)
    return time_location.time_location(time_location.read_met(text, path), **settings)


def _recruited(args: argparse.Namespace, frame: Any, resampled: dict[str, Any]) -> "Estimate":
    from mekhala.core.estimation.rds import rds_ii, successive_sampling
    from mekhala.core.estimation.recruitment import read_recruits

    found = read_recruits(read_text(args.rds), args.rds)
    if args.population is None:
        return rds_ii(found, frame=frame, **resampled)
    return successive_sampling(found, population=args.population, frame=frame, **resampled)


def _scaled_up(args: argparse.Namespace, frame: Any, resampled: dict[str, Any]) -> "Estimate":
    from mekhala.core.estimation.acquaintances import read_answers, read_groups
    from mekhala.core.estimation.network_scale_up import generalised_scale_up, scale_up

    for name in ("known", "population"):
        if getattr(args, name) is None:
            raise WrongInput(f"--{name}: is missing; --scale-up needs it")
    sizes = read_groups(read_text(args.known), args.known)
    told = read_answers(read_text(args.scale_up), sizes, args.scale_up)
    settings = {"population": args.population, "frame": frame, **resampled}
    if args.hidden is None:
        return scale_up(told, sizes, **settings)
    aware = read_answers(read_text(args.hidden), sizes, args.hidden, about_hidden=False)
    return generalised_scale_up(told, aware, sizes, **settings)


def _show(found: "Estimate") -> None:
    """The share, what it rests on, and what to know before using it."""
    told = found.diagnostics
    print(f"{_share(found.estimate)} ({_share(found.low)} to {_share(found.high)}), {found.method}")
    if told["design_effect"] is not None:
        print(f"design effect {told['design_effect']:.2f}")
    if told["refusal_bounds"]:
        ends = told["refusal_bounds"]
        print(f"if none, or all, without an answer were positive: {_share(ends['low'])} to "
              f"{_share(ends['high'])}")  # fmt: skip
    if told["implied_count"]:
        point, low, high = (f"{told['implied_count'][k]:,.0f}" for k in ("estimate", "low", "high"))
        print(f"of the population: {point} ({low} to {high})")
    print(f"  assumes: {found.assumption}")
    print(f"  interval covers: {found.covers}")
    for warned in found.warnings:
        print(f"  {warned.code}: {warned.because}")


def _share(share: float | None) -> str:
    return "none" if share is None else f"{share:.1%}"

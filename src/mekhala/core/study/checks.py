"""What cannot be in a study, found by rules of arithmetic that know nothing of its subject.

Weights: ``slip`` where no data could give the figures, ``question`` where they need a reason that
the study does not give, ``note`` where a figure is rough or rounded in an unusual way.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Any

from mekhala.core.study.computing import whole_numbers
from mekhala.core.study.figure import Figure
from mekhala.core.study.plan import Plan

Remark = dict[str, Any]
WEIGHTS = ("slip", "question", "note")
SEXES = ("female", "male")


def checks(figures: Iterable[Figure], plan: Plan) -> list[Remark]:
    """Every remark, slips first."""
    rows = list(figures)
    found = [remark for rule in BY_ROW for one in rows for remark in rule(one)]
    found += [remark for rule in BY_FILE for remark in rule(rows)]
    found += [remark for kind, rule in BY_PLAN for given in plan.of(kind) for remark in rule(given)]
    once = {(r["check"], tuple(r["lines"])): r for r in reversed(found)}
    return sorted(once.values(), key=lambda r: (WEIGHTS.index(r["weight"]), r["lines"]))


def _remark(check: str, weight: str, because: str, *about: Figure) -> Remark:
    lines = list(dict.fromkeys(one.line for one in about))
    return {"check": check, "weight": weight, "lines": lines, "because": because}


def share_of_no_whole_number(one: Figure) -> Iterator[Remark]:
    """A share of n people comes from a whole number of them, as it is printed."""
    if not one.is_share or not one.n or whole_numbers(one):
        return
    assert one.number is not None
    cut = [k for k in range(one.n + 1) if one.is_cut_from(100 * k / one.n)]
    nearest = round(one.number * one.n / 100)
    said = f"{one.called} is given of {one.n}; {nearest} of them are {100 * nearest / one.n:.2f} %"
    if cut:
        yield _remark("cut_not_rounded", "note", f"{said}: digits were cut off, not rounded", one)
    else:
        weight = "question" if one.number == int(one.number) and one.half == 0.5 else "slip"
        yield _remark("share_of_no_whole_number", weight, f"{said}, and no number gives it", one)


def part_above_its_number(one: Figure) -> Iterator[Remark]:
    """A count of n is not above n; a share is not above 100."""
    if one.is_count and one.n and (one.number or 0) > one.n:
        yield _remark("part_above_whole", "slip", f"{one.called} is counted of {one.n}", one)
    if one.is_share and not 0 <= (one.number or 0) <= 100:
        yield _remark("share_outside_100", "slip", f"{one.called} is no share", one)


def hedged(one: Figure) -> Iterator[Remark]:
    """The study itself calls the figure rough."""
    if one.hedge and one.is_share and one.n:
        fits = whole_numbers(one)
        which = f"{fits[0]} to {fits[-1]}" if len(fits) > 1 else f"{fits[0] if fits else 'none'}"
        yield _remark(
            "said_in_round_words", "note",
            f"{one.called} is said with {one.hedge!r}: {which} of {one.n} would do", one,
        )  # fmt: skip


def means_of_groups(rows: list[Figure]) -> Iterator[Remark]:
    """A mean of all lies between the means of women and men, and at their weights.

    A whole is a row whose group is ``all``; its groups are ``female`` and ``male`` where their
    sizes add to its own.
    """
    known = {(one.table, one.group, one.measure, one.unit): one for one in rows if one.number}
    for (table, group, measure, unit), whole in known.items():
        parts = [known.get((table, sex, measure, unit)) for sex in SEXES]
        if group != "all" or unit == "persons" or whole.n is None:
            continue
        found = [one for one in parts if one is not None and one.n]
        if len(found) == len(SEXES) and sum(one.n or 0 for one in found) == whole.n:
            yield from _against(whole, found)


def _against(whole: Figure, parts: list[Figure]) -> Iterator[Remark]:
    values = [one.number or 0.0 for one in parts]
    weighted = sum((one.n or 0) * v for one, v in zip(parts, values, strict=True)) / (whole.n or 1)
    slack = whole.half + max(one.half for one in parts) + 1e-9
    between = " and ".join(f"{one.value} of {one.n} ({one.group})" for one in parts)
    said = f"{whole.called} is the mean of {between}, which give {weighted:.1f}"
    number = whole.number or 0.0
    if not min(values) - slack <= number <= max(values) + slack:
        yield _remark("mean_outside_groups", "slip", f"{said}; it lies outside both", whole, *parts)
    elif not whole.hedge and abs(number - weighted) > slack:
        yield _remark("mean_not_weighted", "slip", said, whole, *parts)


def ends_in_order(rows: list[Figure]) -> Iterator[Remark]:
    """A minimum is not above a mean, a mean not above a maximum of the same group."""
    groups: defaultdict[tuple[str, str], dict[str, Figure]] = defaultdict(dict)
    for one in rows:
        if one.measure in ("minimum", "mean", "maximum") and one.number is not None:
            groups[one.table, one.group][one.measure] = one
    for found in groups.values():
        in_order = [found[name] for name in ("minimum", "mean", "maximum") if name in found]
        for low, high in combinations(in_order, 2):
            if (low.number or 0) > (high.number or 0):
                yield _remark(
                    "ends_crossed", "slip", f"{low.called} is above {high.called}", low, high
                )


def denominators_change(rows: list[Figure]) -> Iterator[Remark]:
    """One count of one group is given as a share of different numbers of people."""
    groups: defaultdict[tuple[str, str], list[Figure]] = defaultdict(list)
    for one in rows:
        if one.is_share and one.n and one.measure.startswith("share"):
            groups[one.table, one.group].append(one)
    for (table, group), shares in groups.items():
        if len({one.n for one in shares}) > 1:
            said = ", ".join(f"{one.value} % of {one.n}" for one in shares)
            yield _remark(
                "denominators_change", "question",
                f"{table}, {group}: one count is told as {said}; say which is meant", *shares,
            )  # fmt: skip


def shares_without_number(rows: list[Figure]) -> Iterator[Remark]:
    """Shares of one thing, each without the number they are shares of, that differ."""
    groups: defaultdict[tuple[str, ...], list[Figure]] = defaultdict(list)
    for one in rows:
        if one.is_share and one.n is None:
            groups[one.table, one.group, one.measure].append(one)
    for found in groups.values():
        for first, other in combinations(found, 2):
            if abs((first.number or 0) - (other.number or 0)) > first.half + other.half:
                yield _remark(
                    "same_thing_told_twice", "slip",
                    f"{first.called} and {other.called} tell one thing; neither says of how many",
                    first, other,
                )  # fmt: skip


def told_again(rule: dict[str, Any]) -> Iterator[Remark]:
    """A share told again without its number is one of the shares it could repeat."""
    share, of = rule["share"], rule["of"]
    if any(abs(one.number - share.number) <= one.half + share.half for one in of):
        return
    nearest = min(of, key=lambda one: abs(one.number - share.number))
    yield _remark(
        "share_of_an_unnamed_number", "question",
        f"{share.called} says not of how many, and is none of the shares it could repeat; "
        f"the nearest is {nearest.value} % of {nearest.n}", share, nearest,
    )  # fmt: skip


def mean_of_whole_numbers(rule: dict[str, Any]) -> Iterator[Remark]:
    """A mean of n whole numbers is a whole number of n-ths, as it is printed (the GRIM test)."""
    mean = rule["mean"]
    total = round(mean.number * mean.n)
    if not any(mean.agrees_with(t / mean.n) for t in (total - 1, total, total + 1)):
        said = f"{mean.called}: {total} over {mean.n} are {total / mean.n:.4f}"
        yield _remark("mean_of_no_whole_numbers", "slip", f"{said}, and no total gives it", mean)


def sums(rule: dict[str, Any]) -> Iterator[Remark]:
    """Parts that are the whole add to it."""
    whole, parts = rule["whole"], rule["parts"]
    total = sum(one.number for one in parts)
    if total != whole.number:
        said = " + ".join(one.value for one in parts)
        yield _remark(
            "parts_do_not_add_up", "slip", f"{whole.called}: {said} = {total:g}", whole, *parts
        )


def hundreds(rule: dict[str, Any]) -> Iterator[Remark]:
    """Shares of one whole add to 100, as far as rounding allows."""
    shares = rule["shares"]
    total = sum(one.number for one in shares)
    if abs(total - 100) > sum(one.half for one in shares) + 1e-9:
        said = " + ".join(one.value for one in shares)
        yield _remark("shares_do_not_add_up", "slip", f"{said} = {total:g}, not 100", *shares)


def parts_within(rule: dict[str, Any]) -> Iterator[Remark]:
    """Everybody in a part is in its whole."""
    part, whole = rule["part"], rule["whole"]
    if part.number > whole.number:
        yield _remark(
            "part_above_whole", "slip",
            f"{part.called} is a part of {whole.called}: unless some were counted elsewhere, "
            "it cannot be larger", part, whole,
        )  # fmt: skip


def told_alike(rule: dict[str, Any]) -> Iterator[Remark]:
    """Two tellings of one quantity agree as far as rounding allows."""
    for first, other in combinations(rule["figures"], 2):
        if abs(first.number - other.number) > first.half + other.half + 1e-9:
            yield _remark(
                "told_differently", "slip",
                f"{rule['what']}: {first.called}, but {other.called}", first, other,
            )  # fmt: skip


def mean_within_bands(rule: dict[str, Any]) -> Iterator[Remark]:
    """A mean lies between what the bands give at their lower and at their upper ends."""
    mean, bands = rule["mean"], rule["bands"]
    people = sum(one.number for one, _low, _high in bands)
    low, high = (sum(band[0].number * band[end] for band in bands) / people for end in (1, 2))
    if not low - mean.half <= mean.number <= high + mean.half:
        yield _remark(
            "mean_outside_bands", "slip",
            f"{mean.called}: the bands allow {low:.2f} to {high:.2f}",
            mean, *(one for one, _low, _high in bands),
        )  # fmt: skip


BY_ROW = (share_of_no_whole_number, part_above_its_number, hedged)
BY_FILE = (
    means_of_groups, ends_in_order, denominators_change, shares_without_number
)  # fmt: skip
BY_PLAN = (
    ("sum", sums), ("hundred", hundreds), ("at_most", parts_within), ("same", told_alike),
    ("bands", mean_within_bands), ("one_of", told_again), ("whole", mean_of_whole_numbers),
)  # fmt: skip

"""Sums that published figures must stand up to: parts and wholes, means and their groups.

Rules of arithmetic only. That a mean of a whole lies between the means of its groups, that a
part is not above its whole and that shares of one whole add to 100 holds for any subject; so does
the test of Brown and Heathers (2017, *The GRIM test*, Soc. Psychol. Personal. Sci. 8:363) that a
percentage of n people must come from a whole number of them. What is a part of what is read from
the words of the claims (see ``parts``) or said in their column ``part_of``.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Any

from mekhala.core.provenance.claim import Claim, plain
from mekhala.core.provenance.parts import (
    WHOLES,
    Part,
    same_words,
    shared_words,
    wholes_of,
)
from mekhala.core.provenance.remarks import remark

Remark = dict[str, Any]
AVERAGES = ("mean", "averag", "median")
NEAR = 1.0  # percentage points: "60" may stand for 59.0


def arithmetic(claims: Iterable[Claim]) -> list[Remark]:
    """Every remark of the rules on figures that stand in one frame, or follow one another."""
    parts = [Part(claim) for claim in claims]
    frames: defaultdict[tuple[str, str, str], list[Part]] = defaultdict(list)
    for part in parts:
        frames[part.frame].append(part)
    found = [r for frame in frames.values() for rule in IN_A_FRAME for r in rule(frame)]
    found += [r for rule in ACROSS for r in rule(parts, frames)]
    return found


def _groups_of(whole: Part, frame: list[Part]) -> list[Part]:
    """The groups that make up a whole between them (women and men); empty if one is missing."""
    if whole.group is not None or whole.value is None or not whole.slots:
        return []
    alike = [
        p
        for p in frame
        if p.group and p.value is not None and p.claim.base_unit == whole.claim.base_unit
        and same_words(p.slots, whole.slots)
    ]  # fmt: skip
    for complete in WHOLES:
        found = [p for p in alike if p.group in complete]
        if len(found) == len(complete) == len({p.group for p in found}):
            return found
    return []


def means(frame: list[Part]) -> Iterator[Remark]:
    """A mean or a percentage of a whole lies between those of its groups, at their weights."""
    for whole in frame:
        percent = plain(whole.claim.unit) == "percent"
        if not percent and not any(a & set(AVERAGES) for a in whole.slots):
            continue
        groups = _groups_of(whole, frame)
        if not groups or whole.value is None or any(p.open_ended for p in (whole, *groups)):
            continue
        values = [p.value or 0.0 for p in groups]
        slack = whole.half + max(p.half for p in groups) + 1e-9
        weighted = _weighted(whole, groups)
        said = {"whole": whole.claim.value, "parts": _listed(groups)}
        named = (whole.claim, *(p.claim for p in groups))
        if not min(values) - slack <= whole.value <= max(values) + slack:
            yield remark("mean_outside_groups", *named, **said)
        elif weighted is not None and abs(weighted - whole.value) > slack:
            yield remark("mean_not_weighted", *named, **said, recomputed=f"{weighted:.1f}")


def _weighted(whole: Part, groups: list[Part]) -> float | None:
    """The mean of the groups by their sizes, where the sizes add to the size of the whole.

    A median has no such sum.
    """
    sizes = [p.base or 0 for p in groups]
    if any("median" in a for a in whole.slots) or not all(sizes) or sum(sizes) != whole.base:
        return None
    return sum(n * (p.value or 0.0) for n, p in zip(sizes, groups, strict=True)) / sum(sizes)


def counted_groups(frame: list[Part]) -> Iterator[Remark]:
    """Groups that make up a counted whole add to it."""
    for whole in frame:
        groups = _groups_of(whole, frame) if whole.counts else []
        values = [p.value or 0.0 for p in groups]
        if not groups or any(p.open_ended for p in (whole, *groups)) or sum(values) == whole.value:
            continue
        # Groups of a subset ("of 8") are no parts of a whole of another size.
        if all(p.base in (None, whole.value, whole.base) for p in groups):
            yield remark(
                "parts_do_not_sum", whole.claim, *(p.claim for p in groups),
                parts=_listed(groups), sum=_number(sum(values)), whole=whole.claim.value,
            )  # fmt: skip


def bases(frame: list[Part]) -> Iterator[Remark]:
    """A count "of N" is not above N."""
    for part in frame:
        if part.counts and part.base and part.value is not None and part.value > part.base:
            yield remark("part_above_whole", part.claim, part=part.claim.value, whole=part.base)


def nested_groups(frame: list[Part]) -> Iterator[Remark]:
    """The women in a part are not more than the women in a whole the part stands in."""
    for part in frame:
        if part.group is None or part.count is None or part.open_ended:
            continue
        for whole in wholes_of(part, frame):
            for other in frame:
                if (
                    other.group == part.group and other.count is not None and not other.open_ended
                    and other.claim is not part.claim and same_words(other.slots, whole.slots)
                    and other.count < part.count
                ):  # fmt: skip
                    yield remark(
                        "group_above_its_whole", part.claim, other.claim, whole.claim,
                        part=part.count, whole=other.count,
                    )  # fmt: skip


def shares(frame: list[Part]) -> Iterator[Remark]:
    """Shares of one whole add to 100: three or more whose names differ in one word only."""
    alike: defaultdict[tuple[str, ...], list[Part]] = defaultdict(list)
    for p in frame:
        stated = bool(p.claim.part_of)  # then ``stated_parts`` adds it up
        percent = plain(p.claim.unit) == "percent" and p.value is not None
        if percent and not p.open_ended and not stated:
            words = plain(p.claim.quantity).split()
            for n in range(len(words)):
                rest = " ".join((*words[:n], "…", *words[n + 1 :]))
                if len(words) > 1:
                    alike[rest, plain(p.claim.population_definition), p.claim.section].append(p)
    for found in alike.values():
        total = sum(p.value or 0.0 for p in found)
        # Far from 100 they are shares of different things, or some are not given.
        if len(found) > 2 and 90 <= total <= 110:
            yield from _sum_to_100(found)


def _sum_to_100(found: list[Part]) -> Iterator[Remark]:
    total = sum(p.value or 0.0 for p in found)
    off, slack = abs(total - 100), sum(p.half for p in found) + 1e-9
    if off > 1e-9:
        check = "shares_do_not_sum" if off > slack else "shares_sum_by_rounding"
        named = [p.claim for p in found]
        yield remark(check, *named, parts=_listed(found), sum=_number(round(total, 6)))


def stated_parts(parts: list[Part], frames: object) -> Iterator[Remark]:  # noqa: ARG001
    """What ``part_of`` says: counts add to the claim named, percentages of one name to 100."""
    by_id = {p.claim.claim_id: p for p in parts}
    said: defaultdict[str, list[Part]] = defaultdict(list)
    for p in parts:
        if p.claim.part_of and p.value is not None and not p.open_ended:
            said[p.claim.part_of].append(p)
    for name, found in said.items():
        whole = by_id.get(name)
        if whole is None:
            if all(plain(p.claim.unit) == "percent" for p in found) and len(found) > 1:
                yield from _sum_to_100(found)
        elif whole.value is not None and not whole.open_ended:
            total, slack = (
                sum(p.value or 0.0 for p in found),
                whole.half + sum(p.half for p in found),
            )
            exact = whole.counts and all(p.counts for p in found)
            if abs(total - whole.value) > (1e-9 if exact else slack + 1e-9):
                yield remark(
                    "parts_do_not_sum", whole.claim, *(p.claim for p in found),
                    parts=_listed(found), sum=_number(total), whole=whole.claim.value,
                )  # fmt: skip


def one_count(
    parts: list[Part], frames: dict[tuple[str, str, str], list[Part]]
) -> Iterator[Remark]:
    """Two percentages of one thing that go back to one count: they differ by their base only."""
    chains: defaultdict[str, list[Part]] = defaultdict(list)
    for p in parts:
        if p.claim.chain:
            chains[p.claim.chain].append(p)
    for chain in chains.values():
        percents = [p for p in chain if plain(p.claim.unit) == "percent" and p.value is not None]
        for one, other in combinations(percents, 2):
            if one.value == other.value or plain(one.claim.place) != plain(other.claim.place):
                continue
            if one.group != other.group or not same_words(one.slots, other.slots):
                continue
            yield from _of_one_count(one, other, chain, frames)


def _of_one_count(
    one: Part, other: Part, chain: list[Part], frames: dict[tuple[str, str, str], list[Part]]
) -> Iterator[Remark]:
    figures = f"{one.claim.value} and {other.claim.value}"
    if one.base and other.base:
        if one.base != other.base and one.count is not None and one.count == other.count:
            over = [(one.value or 0, one.base), (other.value or 0, other.base)]
            yield remark(
                "one_count_two_percentages", one.claim, other.claim,
                percentages=figures, count=one.count, over=_over(over),
            )  # fmt: skip
        return
    for counted in chain:
        sizes = _sizes(counted, frames[counted.frame])
        over = [(100 * (counted.value or 0) / n, n) for n in sizes]
        if counted.group == one.group and _explains(over, one, other):
            yield remark(
                "one_count_two_percentages", one.claim, other.claim, counted.claim,
                percentages=figures, count=counted.claim.value, over=_over(over),
            )  # fmt: skip


def _sizes(counted: Part, frame: list[Part]) -> list[int]:
    """The sizes of the wholes a count stands in: 70, 83, 91."""
    if not counted.counts or not counted.base or counted.value is None:
        return []
    return [counted.base, *(w.base for w in wholes_of(counted, frame) if w.base)]


def _explains(over: list[tuple[float, int]], one: Part, other: Part) -> bool:
    """Whether one count over several bases gives one percentage, and spans the other."""
    if len(over) < 2:
        return False
    low, high = min(p for p, _ in over), max(p for p, _ in over)
    values = [one.value or 0.0, other.value or 0.0]
    met = any(abs(p - v) <= NEAR for p, _ in over for v in values)
    return met and all(low - NEAR <= v <= high + NEAR for v in values)


def periods(parts: list[Part], frames: object) -> Iterator[Remark]:  # noqa: ARG001
    """A longer period does not hold fewer than a shorter one within it."""
    for long in parts:
        if not long.counts or long.years is None or long.value is None or long.open_ended:
            continue
        short = [p for p in parts if _within(p, long) and (p.value or 0.0) > long.value]
        if short:
            yield remark(
                "longer_period_holds_fewer", long.claim, *(p.claim for p in short),
                long=_in_period(long), short=", ".join(map(_in_period, short)),
            )  # fmt: skip


def _within(short: Part, long: Part) -> bool:
    """Whether a figure counts something of the same kind in a shorter time inside the longer."""
    one, other = short.claim, long.claim
    if short.years is None or long.years is None or short.years == long.years:
        return False
    inside = long.years[0] <= short.years[0] and short.years[1] <= long.years[1]
    kin = (one.chain and one.chain == other.chain) or plain(one.quantity) == plain(other.quantity)
    return bool(
        inside and kin and plain(one.place) == plain(other.place)
        and one.base_unit == other.base_unit and short.value is not None
        and long.group in (None, short.group) and shared_words(short.slots, long.slots)
    )  # fmt: skip


def _in_period(part: Part) -> str:
    claim = part.claim
    return f"{claim.value} {claim.unit} in {claim.period} ({claim.claim_id})"


def _over(over: list[tuple[float, int]]) -> str:
    return ", ".join(f"{p:.1f} % of {n}" for p, n in over)


def _listed(parts: list[Part]) -> str:
    return ", ".join(f"{p.claim.value} ({p.claim.claim_id})" for p in parts)


def _number(number: float) -> str:
    return f"{number:.10g}"


IN_A_FRAME = (means, counted_groups, bases, nested_groups, shares)
ACROSS = (stated_parts, one_count, periods)

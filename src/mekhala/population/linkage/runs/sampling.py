"""Pairs drawn so that what reviewers say of them tells how right a whole run is.

The sample is ``core.matching.review_sample``'s: of each band of probability, and of pairs the
linker never told. Its pairs lie among the uncertain ones, in an order that tells nothing, and
nobody sees which they are before the review is closed. Every uncertain pair is read anyway, so the
bands below the threshold are counted whole.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mekhala.core.matching.reviewed import Answer
from mekhala.core.wrong_input import WrongInput
from mekhala.population.linkage.models import LinkageRun, SampledPair
from mekhala.population.linkage.runs.spool import Spool

if TYPE_CHECKING:
    from mekhala.core.matching.review_rates import Checked
    from mekhala.core.matching.review_sample import Drawn

type Pair = tuple[int, int]


@dataclass(frozen=True, kw_only=True)
class Sampled:
    """What a drawn pair stands for, and the groups of its two records."""

    stratum: str
    of: int
    weight: float
    times: int
    groups: tuple[tuple[str, ...], tuple[str, ...]]


def sampled(
    run: LinkageRun, spool: Spool, numbers: Sequence[int], told: Mapping[Pair, float]
) -> dict[Pair, Sampled]:
    """Draw the sample of a run; ``numbers`` are its records in the order of ``spool``.

    The same run, records and seed give the same sample.
    """
    from mekhala.core.matching.review_sample import coarse_keys, draw_pairs, with_all_told

    place = {number: n for n, number in enumerate(numbers)}
    by_place = {_rising(place[a], place[b]): chance for (a, b), chance in told.items()}
    drawn = draw_pairs(
        by_place, coarse_keys(record for _number, record in spool), size=run.sample,
        threshold=run.threshold, seed=run.seed,
    )  # fmt: skip
    kept = with_all_told(drawn, by_place, threshold=run.threshold)
    return _kept(kept, numbers, _groups(spool, kept, numbers))


def _groups(
    spool: Spool, drawn: "Sequence[Drawn]", numbers: Sequence[int]
) -> dict[int, tuple[str, ...]]:
    from mekhala.core.matching.groups import groups_of

    wanted = {numbers[place] for one in drawn for place in (one.left, one.right)}
    held = {number: record for number, record in spool if number in wanted}
    return dict(zip(held, groups_of(list(held.values())), strict=True))


def _kept(
    drawn: "Sequence[Drawn]", numbers: Sequence[int], groups: Mapping[int, tuple[str, ...]]
) -> dict[Pair, Sampled]:
    """A pair once, however often it was drawn: near pairs are drawn with putting back."""
    found: dict[Pair, Sampled] = {}
    for one in drawn:
        pair = _rising(numbers[one.left], numbers[one.right])
        times = found[pair].times + 1 if pair in found else 1
        found[pair] = Sampled(
            stratum=one.stratum, of=one.of, weight=one.weight, times=times,
            groups=(groups[pair[0]], groups[pair[1]]),
        )  # fmt: skip
    return found


def _rising(one: int, other: int) -> Pair:
    return (one, other) if one < other else (other, one)


SAYS = {Answer.SAME: True, Answer.DIFFERENT: False}


def checked_of(run: LinkageRun, said: Mapping[Pair, Answer]) -> "list[Checked]":
    """Return the sample of a closed review with what reviewers say together; None: not known."""
    from mekhala.core.matching.review_rates import Checked
    from mekhala.core.matching.review_sample import Drawn

    rows = SampledPair.objects.filter(run=run).select_related("pair").order_by("pair_id")
    return [
        Checked(
            drawn=Drawn(
                left=row.pair.left, right=row.pair.right, probability=row.pair.probability,
                stratum=row.stratum, of=row.of, weight=row.weight,
            ),
            same=SAYS.get(said.get((row.pair.left, row.pair.right), Answer.CANNOT_TELL)),
        )
        for row in rows for _time in range(row.times)
    ]  # fmt: skip


def what_it_says(run: LinkageRun, said: Mapping[Pair, Answer]) -> dict[str, Any]:
    """Return error rates and quality by group as plain values; ``why`` where they cannot be told.

    Empty where no sample was drawn.
    """
    from mekhala.core.matching.quality import quality_by
    from mekhala.core.matching.review_file import judged_by_people
    from mekhala.core.matching.review_rates import rates

    checked = checked_of(run, said)
    if not checked:
        return {}
    try:
        found = rates(checked, seed=run.seed)
    except WrongInput:
        return {"why": "no_answer"}
    quality = quality_by(judged_by_people(checked), _groups_of(run), threshold=run.threshold)
    return {"rates": found.to_dict(), "quality": quality.to_dict()}


def _groups_of(run: LinkageRun) -> dict[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = {}
    rows = SampledPair.objects.filter(run=run).values_list("pair__left", "pair__right", "groups")
    for left, right, (of_left, of_right) in rows:
        found |= {left: tuple(of_left), right: tuple(of_right)}
    return found

"""The shares of a round, worked out as its design asks; where it lacks something, that is said.

Stratified by post: posts weigh as many people as come there in the round (Neyman 1934). Time and
location: people weigh one over how often they come and how many days their post was worked (Karon
and Wejnert 2012). Two phases: grades weigh their people, with what was confirmed of each (Tenenbein
1970). Otherwise, and where what these need is not known, everybody counts the same and the posts'
days are clusters (Korn and Graubard 1998).
"""

from collections.abc import Iterator
from dataclasses import replace

from mekhala.core.estimation.clusters import Cluster
from mekhala.core.estimation.estimate import Estimate
from mekhala.core.estimation.proportion import proportion
from mekhala.core.estimation.shares import Frame
from mekhala.core.estimation.stratified import Stratum, stratified
from mekhala.core.estimation.time_location import Met, time_location
from mekhala.core.estimation.two_phase import Grade, two_phase
from mekhala.population.surveys.day_figures import DayFigures
from mekhala.population.surveys.grades import GRADES, POSITIVE, Design, Missing, Way
from mekhala.population.surveys.samples import PostSample, RoundSample
from mekhala.population.surveys.shares import LEVEL, Share, positive, totals

EXTRAPOLATED = "extrapolated"  # the warning that goes with a count implied for a population


def shares(sample: RoundSample, level: float = LEVEL) -> tuple[Share, ...]:
    """Return what is told of a round: the share of both phases if any, strong, strong or some."""
    told = (combined(sample, level), *(share(sample, kind, level) for kind in POSITIVE))
    return tuple(found for found in told if found)


def share(sample: RoundSample, kind: str, level: float = LEVEL) -> Share | None:
    """Return the share of a kind among those graded, by the design; None if nobody was."""
    if not sample.totals.told:
        return None
    plain = _by_days(sample, kind, level)
    missing = lacking(sample)
    if missing is None and sample.design == Design.STRATIFIED:
        way, found = Way.POST_SIZES, _by_post_sizes(sample, kind, level)
    elif missing is None and sample.design == Design.TIME_LOCATION:
        way, found = Way.VISITS, _by_visits(sample, kind, level)
    else:
        way, found = Way.DAYS, plain
    return Share(
        kind=kind, found=found, way=way, missing=missing, is_pooled=sample.is_pooled,
        unweighted=None if way is Way.DAYS else plain,
        clusters=sum(1 for f in sample.cells if graded(f)), bounds=_bounds(sample, kind, way),
    )  # fmt: skip


def combined(sample: RoundSample, level: float = LEVEL) -> Share | None:
    """Return the share of all screened that both phases together tell.

    None for another design, and where a grade was not examined again.
    """
    people = sample.totals.people
    if sample.design != Design.TWO_PHASE or lacking(sample) or not people["screened"]:
        return None
    found = two_phase(
        [
            Grade(grade=g, screened=people[g] or 0, confirmed=people[f"{g}_examined"] or 0,
                  positive=people[f"{g}_confirmed"] or 0)
            for g in GRADES
        ],
        refused=sample.totals.refused, level=level, frame=_frame(sample),
    )  # fmt: skip
    assert found.estimate is not None  # a share of people screened is a number
    asked, screened = people["approached"], people["screened"]
    low = found.estimate * screened / asked if asked else 0.0
    bounds = (low, low + (asked - screened) / asked) if asked else None
    return Share(
        kind="confirmed", found=found, way=Way.TWO_PHASES, is_pooled=sample.is_pooled,
        clusters=sum(1 for f in sample.cells if f.screened),
        bounds=bounds if sample.totals.is_counted_throughout else None,
    )  # fmt: skip


def confirmed(sample: RoundSample, level: float = LEVEL) -> dict[str, Estimate | None]:
    """Return by grade the share of those examined again whom the second phase confirmed.

    None for a grade of which nobody was examined.
    """
    people = sample.totals.people
    return {
        grade: proportion(
            positive=people[f"{grade}_confirmed"] or 0, screened=examined, level=level,
            frame=Frame(covered=f"those graded {grade!r} among: {sample.population}",
                        not_covered=sample.not_covered),
        ) if (examined := people[f"{grade}_examined"]) else None
        for grade in GRADES
    }  # fmt: skip


def lacking(sample: RoundSample) -> Missing | None:
    """Return what the design of a round would need and does not have; None where nothing."""
    match sample.design:
        case Design.STRATIFIED:
            return _withheld(sample) or _for_post_sizes(sample)
        case Design.TIME_LOCATION:
            return _withheld(sample) or _for_visits(sample)
        case Design.TWO_PHASE:
            return _for_two_phases(sample)
    return None


def graded(figures: DayFigures) -> int:
    """Return about how many people it could be said."""
    return figures.screened - figures.unclear


def _withheld(sample: RoundSample) -> Missing | None:
    """A weighted share over posts of which only the sum may be told would tell them apart."""
    return None if sample.withheld is None else Missing.WITHHELD


def _for_post_sizes(sample: RoundSample) -> Missing | None:
    if any(not post.size for post in sample.posts):
        return Missing.SIZES
    strata = _strata(sample, "any")
    if any(s.screened < 2 for s in strata):
        return Missing.FEW_AT_A_POST
    if any((s.population or 0) < s.screened + (s.refused or 0) for s in strata):
        return Missing.MORE_ASKED
    return None


def _for_visits(sample: RoundSample) -> Missing | None:
    if any(post.days and not post.frequency for post in sample.posts):
        return Missing.VISITS
    return Missing.FEW_DAYS if sum(1 for f in sample.cells if graded(f)) < 2 else None


def _for_two_phases(sample: RoundSample) -> Missing | None:
    people = sample.totals.people
    few = any((people[f"{g}_examined"] or 0) < min(2, people[g] or 0) for g in GRADES)
    return Missing.NOT_EXAMINED if few else None


def _by_days(sample: RoundSample, kind: str, level: float) -> Estimate:
    """Everybody counts the same; who is found together is alike, and widens the interval."""
    clusters = [
        Cluster(cluster=str(n), positive=positive(f, kind), screened=graded(f))
        for n, f in enumerate(sample.cells, start=1) if graded(f)
    ]  # fmt: skip
    return proportion(
        positive=sum(c.positive for c in clusters), screened=sample.totals.told,
        refused=sample.totals.refused, clusters=clusters, level=level, frame=_frame(sample),
    )  # fmt: skip


def _by_post_sizes(sample: RoundSample, kind: str, level: float) -> Estimate:
    """Posts weigh as many as come there in the round.

    Who comes on two days is two of these, so the count that is implied is that of the frame.
    """
    frame = _frame(sample)
    found = stratified(
        _strata(sample, kind), level=level, frame=replace(frame, population=None), name="posts"
    )
    size = frame.population
    ends = {"estimate": found.estimate, "low": found.low, "high": found.high}
    count = size and {name: (end or 0) * size for name, end in ends.items()} | {"population": size}
    return replace(
        found, diagnostics={**found.diagnostics, "implied_count": count},
        warnings=tuple(w for w in found.warnings if size or w.code != EXTRAPOLATED),
    )  # fmt: skip


def _strata(sample: RoundSample, kind: str) -> list[Stratum]:
    return [
        Stratum(
            stratum=post.name, positive=sum(positive(f, kind) for f in post.days),
            screened=sum(map(graded, post.days)), refused=_refused(sample, post),
            population=(post.size or 0) * sample.length,
        )
        for post in sample.posts
    ]  # fmt: skip


def _by_visits(sample: RoundSample, kind: str, level: float) -> Estimate:
    """People weigh one over how often they were to be met at their post in the round."""
    return time_location(list(_met(sample, kind)), level=level, frame=_frame(sample), name="days")


def _met(sample: RoundSample, kind: str) -> Iterator[Met]:
    """Yield those graded, and those who refused where that was counted on every day."""
    is_refusal_known = sample.totals.refused is not None
    for post in sample.posts:
        for n, f in enumerate(post.days, start=1):
            found = positive(f, kind)
            refused = (f.refused or 0) if is_refusal_known else 0
            for outcome, people in ((True, found), (False, graded(f) - found), (None, refused)):
                if people:
                    yield Met(
                        event=f"{post.name}, {n}", positive=outcome, people=people,
                        visits=(post.frequency or 0) * sample.length / 7,
                        chance=_chance(sample, post),
                    )  # fmt: skip


def _chance(sample: RoundSample, post: PostSample) -> float:
    """The chance of one day of the round to be worked at a post."""
    return post.days_worked / sample.length


def _refused(sample: RoundSample, post: PostSample) -> int | None:
    return None if sample.totals.refused is None else sum(f.refused or 0 for f in post.days)


def _frame(sample: RoundSample) -> Frame:
    """The frame in words; its size only where it is not smaller than those asked."""
    asked = (sample.totals.people["screened"] or 0) + (sample.totals.refused or 0)
    return Frame(
        covered=sample.population, not_covered=sample.not_covered,
        population=sample.size if sample.size and sample.size >= asked else None,
    )  # fmt: skip


def _bounds(sample: RoundSample, kind: str, way: Way) -> tuple[float, float] | None:
    """Shares of all approached if none, or all, of those not graded had indications.

    Manski 1989; posts weigh as they do in the share.
    """
    if not (sample.totals.is_counted_throughout and sample.totals.people["approached"]):
        return None
    low = high = weights = 0.0
    for cells, weight in _weighed(sample, way):
        summed = totals(cells)
        asked, found = summed.people["approached"], sum(positive(f, kind) for f in cells)
        if asked:
            per = weight / asked if way is Way.POST_SIZES else weight
            weights += per * asked
            low, high = low + per * found, high + per * (found + asked - summed.told)
    return low / weights, high / weights


def _weighed(sample: RoundSample, way: Way) -> Iterator[tuple[tuple[DayFigures, ...], float]]:
    """Yield days with what each person in them weighs; for sizes what the post weighs."""
    if way is Way.POST_SIZES:
        yield from ((post.days, float(post.size or 0)) for post in sample.posts)
    elif way is Way.VISITS:
        for post in sample.posts:
            if post.days and post.frequency:
                yield post.days, 1 / (post.frequency * _chance(sample, post))
    else:
        yield sample.cells, 1.0

"""The part about a survey: what filled forms of one post and day add up to."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from mekhala.intake.errors import Waits, Why
from mekhala.intake.fields import COUNTED
from mekhala.intake.models import Taken
from mekhala.intake.plan import Day
from mekhala.population.surveys import services as surveys
from mekhala.population.surveys.day_figures import DayFigures
from mekhala.population.surveys.grades import Reason
from mekhala.population.surveys.models import DayTally, Round, RoundPost
from mekhala.population.surveys.queries import figures_of, latest
from mekhala.safeguards.access.models import Officer

type Figures = Mapping[str, int]


def post_of(day: Day, on: date, *, by: Officer, before: Iterable[int]) -> RoundPost:
    """Return the post of the open round that this form counts for, or counted for ``before``.

    Raises ``Waits`` where there is none or more than one.
    """
    found = RoundPost.objects.select_related("round__frame", "post").filter(
        round__frame__worked_by=by.agency_id, round__begins_on__lte=on, round__ends_on__gte=on,
        post__name__iexact=day.post.strip(),
    )  # fmt: skip
    if day.survey:
        found = found.filter(round__frame__survey=day.survey)
    known = set(before)
    fitting = [p for p in found if p.round.closed_at is None or p.pk in known]
    if len(fitting) != 1:
        raise Waits(Why.SEVERAL_ROUNDS if fitting else Why.NO_ROUND)
    return fitting[0]


def settle(
    at_post: RoundPost, on: date, *, minus: list[Figures], plus: list[Figures],
    others: list[Figures], by: Officer, at: datetime,
) -> None:  # fmt: skip
    """Let the day's figures be those of all its filled forms, one set taken out, one put in.

    Raises ``Waits`` where the figures that stand there are not those of the forms.
    """
    of = at_post.round
    stands = latest([of]).filter(at_post=at_post, on=on).first()
    if stands and stands.reason == Reason.TAKEN_BACK:
        stands = None
    before = _sum([*others, *minus])
    if (figures_of(stands) if stands else None) != before:
        raise Waits(Why.BY_HAND)
    _write(of, at_post, on, stands, _sum([*others, *plus]), by=by, at=at)


def _write(
    of: Round, at_post: RoundPost, on: date, stands: DayTally | None, after: DayFigures | None, *,
    by: Officer, at: datetime,
) -> None:  # fmt: skip
    if stands is None and after is not None:
        surveys.enter_day(of=of, at_post=at_post, on=on, figures=after, by=by, at=at,
                          from_forms=True)  # fmt: skip
    elif stands is not None and after is None:
        surveys.take_back_day(of=of, seen=stands, by=by, at=at, from_forms=True)
    elif stands is not None and after is not None and figures_of(stands) != after:
        surveys.correct_day(
            of=of, seen=stands, figures=after, reason=Reason.LATE_FORMS, by=by, at=at,
            from_forms=True,
        )  # fmt: skip


def _sum(several: list[Figures]) -> DayFigures | None:
    """Return what the forms add up to; what one of them did not count is not counted at all."""
    if not several:
        return None
    return DayFigures(**{
        name: sum(each[name] for each in several)
        if all(name in each for each in several) else None
        for name in COUNTED
    })  # type: ignore[arg-type] # fmt: skip


def figures_beside(at_post: RoundPost, on: date, chain: list[int]) -> list[Figures]:
    """Return what other filled forms add to a post's day."""
    found = Taken.objects.filter(at_post=at_post, on=on).exclude(submission__in=chain)
    return list(found.values_list("figures", flat=True))

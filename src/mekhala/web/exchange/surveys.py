"""API: surveys, as counts: rounds with their shares, and entering a day."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Annotated, Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema, Status
from pydantic import Field

from mekhala.population.surveys import policies, queries, services
from mekhala.population.surveys.day_figures import MOST, NAMES, DayFigures
from mekhala.population.surveys.errors import NotYourRole
from mekhala.population.surveys.models import Round, RoundPost
from mekhala.population.surveys.queries import AtPost
from mekhala.population.surveys.shares import Share
from mekhala.population.surveys.trend import Point
from mekhala.safeguards.access.models import Officer
from mekhala.web.exchange.kinds import Day, Strict

router = Router(tags=["surveys"])
People = Annotated[int, Field(strict=True, ge=0, le=MOST)]


class FiguresIn(Strict):
    """The figures of one post on one day, in people; null is "not counted", which is not 0.

    approached = refused + missed + screened; screened = strong + some + none + unclear.
    """

    post: str
    on: Day
    approached: People | None
    refused: People | None
    missed: People | None
    screened: People
    strong: People
    some: People
    none: People
    unclear: People
    strong_examined: People | None = None
    strong_confirmed: People | None = None
    some_examined: People | None = None
    some_confirmed: People | None = None
    none_examined: People | None = None
    none_confirmed: People | None = None
    unclear_examined: People | None = None
    unclear_confirmed: People | None = None


class FrameOut(Schema):
    """Whom a survey can reach, and who is not covered. ``size`` null: not known."""

    survey: str
    name: str
    population: str
    place: str
    not_covered: str
    size: int | None
    size_source: str


class RoundListed(Schema):
    """A round without its numbers: these are read with all they rest on."""

    id: int
    name: str
    begins_on: date
    ends_on: date
    tool: str
    tool_version: str
    definition: str
    design: str
    method: str
    closed_at: datetime | None
    frame: FrameOut


class SurveyShareOut(Schema):
    """A share of those graded; never read without ``low``, ``high`` and ``not_covered``.

    ``way`` says how it was worked out, ``missing`` what the design of the round lacked for it,
    ``unweighted`` the share were everybody to count the same, where ``found`` is weighted.
    ``is_pooled``: days withheld from the reader are taken together in it.
    ``bounds``: shares of those approached if none, or all, of those not graded had indications.
    """

    kind: str
    way: str
    missing: str | None
    not_covered: str
    clusters: int
    bounds: list[float] | None
    is_pooled: bool
    found: dict[str, Any]
    unweighted: dict[str, Any] | None


class TrendPointOut(Schema):
    """A round in the trend; ``unlike`` names what differs from the round before, if anything."""

    round: int
    is_withheld: bool
    unlike: list[str]
    shares: list[SurveyShareOut]


class PostOut(Schema):
    """A post of a round; null is withheld, because a count below 10 would follow."""

    post: str
    days_planned: int
    days_worked: int
    people: dict[str, int | None] | None
    days: dict[str, dict[str, int | None] | None]


class RoundOut(RoundListed):
    """A round with its figures; null or empty where they are withheld."""

    is_withheld: bool
    coverage: dict[str, Any]
    people: dict[str, int | None] | None
    shares: list[SurveyShareOut]
    posts: list[PostOut]
    trend: list[TrendPointOut]


class DayOut(Schema):
    """A day as it was entered."""

    post: str
    on: date
    version: int


@router.get("/surveys", response=list[RoundListed])
def rounds(request: HttpRequest) -> Any:
    """List the rounds that may be read, the earliest first, without their numbers."""
    return list(queries.rounds_for(_reader(request))[:500])


@router.get("/surveys/{int:round_id}", response=RoundOut)
def one(request: HttpRequest, round_id: int) -> Any:
    """Return one round: people, coverage, shares with intervals, posts and days, trend."""
    officer, of = _reader(request), _round(request, round_id)
    board = queries.board(of, officer)
    told = {name: getattr(of, name) for name in RoundListed.model_fields}
    return told | {
        "is_withheld": board.is_withheld,
        "coverage": asdict(board.coverage),
        "people": board.totals and dict(board.totals.people),
        "shares": [_share(share, of) for share in board.shares],
        "posts": [_post(at_post) for at_post in board.posts],
        "trend": [_point(point) for point in board.trend],
    }


@router.post("/surveys/{int:round_id}/days", response={201: DayOut})
def enter(request: HttpRequest, round_id: int, given: FiguresIn) -> Status:
    """Enter the figures of one post on one day; figures that stand there are not written over."""
    officer, of = _reader(request), _round(request, round_id)
    policies.check_may_enter(officer, of.frame)
    at_post = RoundPost.objects.filter(round=of, post__name=given.post).first()
    if at_post is None:
        raise Http404
    figures = DayFigures(**{name: getattr(given, name) for name in NAMES})
    day = services.enter_day(
        of=of, at_post=at_post, on=given.on, figures=figures, by=officer, at=timezone.now()
    )
    return Status(201, {"post": given.post, "on": day.on, "version": day.version})


def _reader(request: HttpRequest) -> Officer:
    assert isinstance(request.user, Officer)
    if not policies.may_read(request.user):
        raise NotYourRole
    return request.user


def _round(request: HttpRequest, round_id: int) -> Round:
    return get_object_or_404(queries.rounds_for(_reader(request)), pk=round_id)


def _share(share: Share, of: Round) -> dict[str, Any]:
    return {
        "kind": share.kind,
        "way": share.way.value,
        "missing": share.missing and share.missing.value,
        "not_covered": of.frame.not_covered,
        "clusters": share.clusters,
        "is_pooled": share.is_pooled,
        "bounds": share.bounds and list(share.bounds),
        "found": share.found.to_dict(),
        "unweighted": share.unweighted and share.unweighted.to_dict(),
    }


def _post(at_post: AtPost) -> dict[str, Any]:
    return {
        "post": at_post.planned.post.name,
        "days_planned": at_post.planned.days_planned,
        "days_worked": at_post.days_worked,
        "people": at_post.totals and dict(at_post.totals.people),
        "days": {
            on.isoformat(): tally and {name: getattr(tally, name) for name in NAMES}
            for on, tally in at_post.days.items()
        },
    }


def _point(point: Point) -> dict[str, Any]:
    shares = (point.either, point.strong)
    return {
        "round": point.round.pk,
        "is_withheld": point.is_withheld,
        "unlike": [difference.value for difference in point.unlike],
        "shares": [_share(share, point.round) for share in shares if share],
    }

"""Acts on surveys: planning, entering days, correcting them, closing. Nothing is ever changed
in place: a correction is another version with a reason, and the earlier one stays readable.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mekhala.core.wrong_input import WrongInput
from mekhala.population.surveys import policies
from mekhala.population.surveys.day_figures import NOBODY, DayFigures, check
from mekhala.population.surveys.day_files import DayRow, read_days
from mekhala.population.surveys.errors import AlreadyEntered, RecordedMeanwhile
from mekhala.population.surveys.grades import Reason
from mekhala.population.surveys.models import (
    DayTally,
    Post,
    Round,
    RoundPost,
    SamplingFrame,
)
from mekhala.population.surveys.queries import figures_of, latest
from mekhala.safeguards.agencies.models import Agency
from mekhala.safeguards.audit import services as audit

if TYPE_CHECKING:
    from mekhala.safeguards.access.models import Officer

NOT_GIVEN = (Reason.TAKEN_BACK, Reason.ENTERED_AGAIN)  # reasons that acts of their own write


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """How many days a file holds that are new, and that were entered before just so."""

    added: int
    unchanged: int
    people: int


@transaction.atomic
def make_frame(
    *, survey: str, name: str, population: str, place: str, not_covered: str,
    size: int | None, size_source: str, worked_by: Agency, by: "Officer", at: datetime,
) -> SamplingFrame:  # fmt: skip
    """Write down whom a survey can reach, whom it cannot, and which agency works it.

    ``size`` is the people of the frame, None if not known; a size needs its source.
    """
    policies.check_may_plan(by)
    if size is not None and not size_source.strip():
        raise WrongInput(_("size_source: is empty; expected where the size of the frame is from"))
    frame = SamplingFrame(
        survey=survey, name=name, population=population, place=place, not_covered=not_covered,
        size=size, size_source=size_source if size is not None else "", worked_by=worked_by,
        made_at=at,
    )  # fmt: skip
    _check_whole(frame)
    frame.save()
    audit.record("surveys.frame_made", subject=frame, by=by, at=at, worked_by=worked_by.code)
    return frame


@transaction.atomic
def add_post(
    *, frame: SamplingFrame, name: str, frequency: Decimal | None = None, size: int | None = None,
    by: "Officer", at: datetime,
) -> Post:  # fmt: skip
    """Add a post or venue; rounds that were planned before go on without it."""
    policies.check_may_plan(by)
    post = Post(frame=frame, name=name, frequency=frequency, size=size)
    _check_whole(post)
    post.save()
    audit.record("surveys.post_added", subject=post, by=by, at=at, frame=frame.pk)
    return post


@transaction.atomic
def make_round(
    *, frame: SamplingFrame, name: str, begins_on: date, ends_on: date, tool: str,
    tool_version: str, definition: str, design: str, method: str, planned: Mapping[Post, int],
    by: "Officer", at: datetime,
) -> Round:  # fmt: skip
    """Plan a round: ``planned`` are the days to be worked at each post of the frame, 1 or more."""
    policies.check_may_plan(by)
    if not planned or any(days < 1 for days in planned.values()):
        raise WrongInput(_("posts: no day is planned; expected a day or more at a post or more"))
    if any(post.frame_id != frame.pk for post in planned):
        raise WrongInput(_("posts: a post of another frame is named; expected posts of this frame"))
    made = Round(
        frame=frame, name=name, begins_on=begins_on, ends_on=ends_on, tool=tool,
        tool_version=tool_version, definition=definition, design=design, method=method, made_at=at,
    )  # fmt: skip
    _check_whole(made)
    made.save()
    RoundPost.objects.bulk_create(
        RoundPost(round=made, post=post, days_planned=days) for post, days in planned.items()
    )
    audit.record("surveys.round_made", subject=made, by=by, at=at, frame=frame.pk)
    return made


@transaction.atomic
def enter_day(
    *,
    of: Round,
    at_post: RoundPost,
    on: date,
    figures: DayFigures,
    by: "Officer",
    at: datetime,
    from_forms: bool = False,
) -> DayTally:
    """Enter the figures of one post on one day; ``from_forms``: as filled forms add up.

    Raises ``WrongInput`` if they do not add up or the day is not of the round, ``RoundClosed``,
    ``AlreadyEntered``: what stands there is corrected, not entered again.
    """
    policies.check_may_add(by, of.frame, from_forms=from_forms)
    policies.check_open(_locked(of))
    _check_post(of, at_post)
    _check_on(of, on, at=at)
    check(figures)
    before = _before(of, at_post, on)
    if before and before.reason != Reason.TAKEN_BACK:
        raise AlreadyEntered
    tally = _next(at_post, on, figures, before=before, reason=Reason.ENTERED_AGAIN, at=at)
    tally.save(force_insert=True)
    audit.record("surveys.day_entered", subject=tally, by=by, at=at, round=of.pk)
    return tally


@transaction.atomic
def correct_day(
    *,
    of: Round,
    seen: DayTally,
    figures: DayFigures,
    reason: str,
    by: "Officer",
    at: datetime,
    from_forms: bool = False,
) -> DayTally:
    """Put another version over ``seen``, the one the officer looked at, for a coded reason.

    Also in a closed round. Raises ``RecordedMeanwhile`` if ``seen`` is not the latest any more.
    """
    policies.check_may_add(by, of.frame, from_forms=from_forms)
    if reason not in Reason.values or reason in NOT_GIVEN:
        known = ", ".join(r for r in Reason.values if r not in NOT_GIVEN)
        said = _("reason: %(given)s is not known; expected one of %(known)s")
        raise WrongInput(said % {"given": repr(reason), "known": known})
    check(figures)
    if figures == figures_of(seen):
        raise WrongInput(_("figures: are as they were; expected at least one that is different"))
    return _replace(of, seen, figures, reason, by=by, at=at)


@transaction.atomic
def take_back_day(
    *, of: Round, seen: DayTally, by: "Officer", at: datetime, from_forms: bool = False
) -> DayTally:
    """Take back a day that was entered for the wrong post or day; it counts for nothing then."""
    policies.check_may_add(by, of.frame, from_forms=from_forms)
    return _replace(of, seen, NOBODY, Reason.TAKEN_BACK, by=by, at=at)


@transaction.atomic
def load_days(
    *, of: Round, text: str, file_name: str, only_check: bool = False, by: "Officer", at: datetime
) -> Loaded:
    """Enter the days of a CSV file, all or none; with ``only_check`` none, having looked at all.

    Days that stand there just so are passed over. Raises ``WrongInput`` naming row and column,
    also for a day that stands there with other figures.
    """
    policies.check_may_enter(by, of.frame)
    policies.check_open(_locked(of))
    posts = {p.post.name: p for p in of.posts.select_related("post")}
    rows = read_days(text.removeprefix("\ufeff"), file_name, posts)
    held = {(day.at_post_id, day.on): day for day in latest([of])}
    new = [t for row in rows if (t := _new_day(of, row, posts[row.post], held, at)) is not None]
    people = sum(tally.screened for tally in new)
    done = Loaded(added=len(new), unchanged=len(rows) - len(new), people=people)
    if not only_check:
        DayTally.objects.bulk_create(new)
        digest = hashlib.sha256(text.encode()).hexdigest()
        audit.record("surveys.days_loaded", subject=of, by=by, at=at, added=len(new),
                     file_sha256=digest)  # fmt: skip
    return done


@transaction.atomic
def close_round(*, of: Round, by: "Officer", at: datetime) -> Round:
    """Close a round: no day is added any more; corrections go on, with their reasons."""
    policies.check_may_plan(by)
    closing = _locked(of)
    policies.check_open(closing)
    closing.closed_at = at
    closing.save(update_fields=["closed_at"])
    audit.record("surveys.round_closed", subject=closing, by=by, at=at)
    return closing


def _locked(of: Round) -> Round:
    """Return the round as it is now; whoever else writes in it waits."""
    return Round.objects.select_for_update(of=("self",)).select_related("frame").get(pk=of.pk)


def _check_whole(row: Any) -> None:
    """Turn what the model says of a field into one sentence that names it."""
    from django.core.exceptions import ValidationError

    try:
        row.full_clean()
    except ValidationError as error:
        name, words = next(iter(error.message_dict.items()))
        place = "" if name == "__all__" else f"{name}: "
        raise WrongInput(f"{place}{words[0]}") from None


def _check_post(of: Round, at_post: RoundPost) -> None:
    if at_post.round_id != of.pk:
        raise WrongInput(_("post: is of another round; expected a post of this round"))


def _check_on(of: Round, on: date, *, at: datetime, where: str = "on") -> None:
    last = min(of.ends_on, timezone.localdate(at))
    if not of.begins_on <= on <= last:
        said = _("%(where)s: %(day)s is no day of this round yet; expected %(first)s to %(last)s")
        days = {"day": on, "first": of.begins_on, "last": last}
        told = {key: day.isoformat() for key, day in days.items()}
        raise WrongInput(said % {**told, "where": where})


def _before(of: Round, at_post: RoundPost, on: date) -> DayTally | None:
    return latest([of]).filter(at_post=at_post, on=on).first()


def _next(
    at_post: RoundPost, on: date, figures: DayFigures, *, before: DayTally | None, reason: str,
    at: datetime,
) -> DayTally:  # fmt: skip
    return DayTally(
        at_post=at_post, on=on, recorded_at=at, version=before.version + 1 if before else 1,
        reason=reason if before else "", **asdict(figures),
    )  # fmt: skip


def _replace(
    of: Round, seen: DayTally, figures: DayFigures, reason: str, *, by: "Officer", at: datetime
) -> DayTally:
    _locked(of)
    before = _before(of, seen.at_post, seen.on)
    if before is None or before.pk != seen.pk or before.reason == Reason.TAKEN_BACK:
        raise RecordedMeanwhile
    tally = _next(seen.at_post, seen.on, figures, before=before, reason=reason, at=at)
    tally.save(force_insert=True)
    audit.record("surveys.day_corrected", subject=tally, by=by, at=at, round=of.pk, reason=reason,
                 version=tally.version)  # fmt: skip
    return tally


def _new_day(
    of: Round, row: DayRow, at_post: RoundPost, held: Mapping[tuple[int, date], DayTally],
    at: datetime,
) -> DayTally | None:  # fmt: skip
    """Return the day to add, None if it stands there just so; refuse other figures."""
    _check_on(of, row.on, at=at, where=f"{row.where}, column on")
    before = held.get((at_post.pk, row.on))
    if before and before.reason != Reason.TAKEN_BACK:
        if figures_of(before) == row.figures:
            return None
        said = _("%(where)s: this post and day has other figures; correct them on their page")
        raise WrongInput(said % {"where": row.where})
    return _next(at_post, row.on, row.figures, before=before, reason=Reason.ENTERED_AGAIN, at=at)

"""Invented surveys: frames, rounds, days. Nobody here is real."""

import itertools
from datetime import UTC, date, datetime

from mekhala.population.surveys import services
from mekhala.population.surveys.day_figures import NAMES, DayFigures
from mekhala.population.surveys.models import RoundPost
from mekhala.population.surveys.samples import PostSample, RoundSample
from mekhala.population.surveys.shares import totals
from mekhala.safeguards.access.purposes import Role
from tests.builders import officer

AT = datetime(2026, 3, 31, 3, 0, tzinfo=UTC)
FIRST = date(2026, 3, 2)
_count = itertools.count(1)


def statistician(**more):
    """Return an invented statistician."""
    return officer(Role.STATISTICIAN, **more)


def figures(screened=40, strong=4, some=6, unclear=0, refused=5, missed=3, **more):
    """Return figures that add up: whoever is left has no indications."""
    counts = {
        "approached": None if None in (refused, missed) else screened + refused + missed,
        "refused": refused, "missed": missed, "screened": screened, "strong": strong,
        "some": some, "none": screened - strong - some - unclear, "unclear": unclear,
    }  # fmt: skip
    return DayFigures(**counts | more)


def frame(by, **more):
    """Return an invented frame that the agency of ``by`` works."""
    told = {
        "survey": "Invented Border Survey", "name": f"Frame {next(_count)}",
        "population": "People sent back over the invented border", "place": "Invented Gate",
        "not_covered": "Whoever crossed by night or by the river", "size": 5000,
        "size_source": "Invented gate register", "worked_by": by.agency,
    }  # fmt: skip
    return services.make_frame(**told | more, by=by, at=AT)


def posts(of, names=("North", "South"), *, by, **more):
    """Return posts added to a frame."""
    return [services.add_post(frame=of, name=name, by=by, at=AT, **more) for name in names]


def planned_round(of, at, *, by, days=10, **more):
    """Return a round planned at these posts."""
    told = {
        "name": f"Round {next(_count)}", "begins_on": FIRST, "ends_on": date(2026, 3, 29),
        "tool": "Invented indicators", "tool_version": "1",
        "definition": "Strong: two signs or more", "design": "cluster",
        "method": "Everybody who came in the first hour",
    }  # fmt: skip
    return services.make_round(
        frame=of, planned=dict.fromkeys(at, days), **told | more, by=by, at=AT
    )


def survey(by=None, names=("North", "South"), **more):
    """Return statistician, round, and its posts by name."""
    by = by or statistician()
    of = frame(by)
    made = planned_round(of, posts(of, names, by=by), by=by, **more)
    return by, made, {p.post.name: p for p in RoundPost.objects.filter(round=made)}


def entered(made, at_post, on=FIRST, counted=None, *, by):
    """Return a day with its figures entered."""
    return services.enter_day(
        of=made, at_post=at_post, on=on, figures=counted or figures(), by=by, at=AT
    )


def at_post(*days, name="North", size=None, frequency=None, days_worked=None):
    """Return what was counted at one post."""
    return PostSample(
        name=name, size=size, frequency=frequency, days=days, days_worked=days_worked or len(days)
    )


def sample(*at, design="cluster", length=28, **more):
    """Return a round of posts, or of days at one post, as its shares are worked out from it."""
    at = at if at and isinstance(at[0], PostSample) else (at_post(*at),)
    told = {
        "population": "People sent back over the invented border", "size": 5000,
        "not_covered": "Whoever crossed by night or by the river",
    }  # fmt: skip
    every = [figures for post in at for figures in post.days]
    return RoundSample(design=design, length=length, totals=totals(every), posts=at, **told | more)


def csv_of(*rows):
    """Return the text of a file: rows of post, day and figures."""
    lines = [",".join(("post", "on", *NAMES))]
    for post, on, counted in rows:
        numbers = (getattr(counted, name) for name in NAMES)
        lines.append(",".join([post, str(on), *("" if n is None else str(n) for n in numbers)]))
    return "\n".join(lines) + "\n"

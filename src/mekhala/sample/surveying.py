"""An invented survey at an invented border: three rounds, the last with another questionnaire.

The share with strong or some indications is set here, so that a reader can see whether the
interval holds it: ``TRUE_SHARE``. Days differ, as people who come together are alike.
"""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from mekhala.population.surveys import services
from mekhala.population.surveys.answers import COLUMNS, load_answers
from mekhala.population.surveys.day_figures import DayFigures
from mekhala.population.surveys.leaving import ANSWERS, Said
from mekhala.population.surveys.models import RoundPost
from mekhala.population.surveys.queries import days_of, figures_of
from mekhala.safeguards.access.acting import acting_for
from mekhala.safeguards.access.purposes import Role

if TYPE_CHECKING:
    from mekhala.population.surveys.models import Post, Round, SamplingFrame
    from mekhala.safeguards.access.models import Officer

    from .main_job import Job

TRUE_SHARE = 0.22
POSTS = (  # name, times a week a person comes, people on an open day
    ("Invented Gate morning buses", "1.0", 60), ("Invented Gate afternoon buses", "1.2", 45),
    ("Invented Bridge", "2.5", 30),
)  # fmt: skip
DAYS_PLANNED = 6
ROUNDS = (("Invented round 1", 700, "1"), ("Invented round 2", 350, "1"),
          ("Invented round 3", 60, "2"))  # fmt: skip
DEFINITION = {
    "1": "Strong: two strong indicators or more. Some: one strong or three others. (Invented)",
    "2": "Strong: one strong indicator or more. Some: two others. (Invented)",
}


def survey(job: Job) -> dict[str, Any]:
    """Plan the survey, work three rounds of it, correct one day, close the first two."""
    officer = _officer(job)
    draw, days = random.Random(job.seed), []
    with acting_for(officer.pk):
        frame = _frame(job, officer)
        posts = [
            services.add_post(frame=frame, name=name, frequency=Decimal(often), size=size,
                              by=officer, at=job.now)
            for name, often, size in POSTS
        ]  # fmt: skip
        for name, ago, version in ROUNDS:
            made = _round(job, frame, posts, name=name, ago=ago, version=version)
            days += _worked(job, made, draw, officer)
            if version == "1":
                services.close_round(of=made, by=officer, at=job.now)
        _corrected(job, made, officer)
        _answered(job, made, draw, officer)
    return {
        "rounds": len(ROUNDS), "posts": len(posts), "days": len(days),
        "screened": sum(figures.screened for figures in days),
    }  # fmt: skip


def _frame(job: Job, officer: Officer) -> SamplingFrame:
    return services.make_frame(
        survey="Invented border survey", name="People sent back, invented frame",
        population="People sent back over an invented border; nobody here is real",
        place="Invented Gate", size=9000, size_source="Register of an invented gate, one year",
        not_covered="Who crossed by night or by the river, who was let go before the gate, and "
        "children who travelled with others (invented)",
        worked_by=officer.agency, by=officer, at=job.now,
    )  # fmt: skip


def _round(
    job: Job, frame: SamplingFrame, posts: list[Post], *, name: str, ago: int, version: str
) -> Round:
    begins_on = job.now.date() - timedelta(days=ago)
    return services.make_round(
        frame=frame, name=name, begins_on=begins_on, ends_on=begins_on + timedelta(days=27),
        tool="Invented indicators", tool_version=version, definition=DEFINITION[version],
        design="time_location", method="Everybody who got off every third bus (invented)",
        planned=dict.fromkeys(posts, DAYS_PLANNED), by=_officer(job), at=job.now,
    )  # fmt: skip


def _officer(job: Job) -> Officer:
    return job.cast.officer("st-01", role=Role.STATISTICIAN)


def _worked(job: Job, made: Round, draw: random.Random, officer: Officer) -> list[DayFigures]:
    """Enter the days that were worked: one in eight of those planned was not."""
    done = []
    for at_post in RoundPost.objects.filter(round=made).select_related("post"):
        for n in range(DAYS_PLANNED):
            if draw.random() < 1 / 8:
                continue
            figures = _a_day(draw, at_post.post.size or 0, is_wider=made.tool_version == "2")
            services.enter_day(
                of=made, at_post=at_post, on=made.begins_on + timedelta(days=4 * n + 1),
                figures=figures, by=officer, at=job.now,
            )  # fmt: skip
            done.append(figures)
    return done


def _a_day(draw: random.Random, size: int, *, is_wider: bool) -> DayFigures:
    """Draw one day. With the wider second questionnaire more of the same people are graded so."""
    share = draw.betavariate(20 * TRUE_SHARE, 20 * (1 - TRUE_SHARE)) * (1.4 if is_wider else 1)
    approached = draw.randint(size // 2, size)
    refused, missed = (_drawn(draw, approached, part) for part in (0.08, 0.06))
    screened = approached - refused - missed
    found = _drawn(draw, screened, min(share, 1))
    strong, unclear = _drawn(draw, found, 0.35), _drawn(draw, screened - found, 0.03)
    return DayFigures(
        approached=approached, refused=refused, missed=missed, screened=screened, strong=strong,
        some=found - strong, none=screened - found - unclear, unclear=unclear,
    )  # fmt: skip


def _drawn(draw: random.Random, people: int, share: float) -> int:
    return sum(draw.random() < share for _ in range(people))


def _corrected(job: Job, made: Round, officer: Officer) -> None:
    """Correct one day, so that a version before it can be read."""
    seen = next(day for day in days_of(made) if day.none > 0)
    figures = replace(figures_of(seen), none=seen.none - 1, some=seen.some + 1)
    services.correct_day(
        of=made, seen=seen, figures=figures, reason="graded_again", by=officer, at=job.now
    )


def _answered(job: Job, made: Round, draw: random.Random, officer: Officer) -> None:
    """Take invented answers on leaving for work: women of villages borrow most."""
    rows = [",".join(COLUMNS)]
    for sex, home, asked, borrowed in (
        ("female", "rural", 140, 0.55), ("female", "urban", 40, 0.25), ("male", "rural", 160, 0.35),
        ("male", "urban", 60, 0.2),
    ):  # fmt: skip
        for topic, answers in ANSWERS.items():
            for answer in sorted(answers):
                share = borrowed if answer == Said.BORROWED else min(0.3, 0.9 / len(answers))
                said = _drawn(draw, asked, share)
                rows.append(f"{topic},{answer},{sex},{home},{asked},{said}")
    load_answers(
        of=made, text="\n".join(rows), file_name="answers.csv", by=officer, at=job.now
    )  # fmt: skip

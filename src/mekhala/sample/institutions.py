"""Invented registers of institutions: who owes what, projects, requests abroad, what is taught."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from mekhala.population.institutions import services
from mekhala.population.institutions.models import Mandate
from mekhala.safeguards.access.purposes import Role

from . import oversight
from .walk import acting_as

if TYPE_CHECKING:
    from .main_job import Job

SAID = {"source": "An invented paper", "said_by": "Ministry of Labour (invented)"}
MANDATES = (  # body, what it owes, office, committee
    ("Ministry of Labour (invented)", "License recruitment agencies and look into complaints",
     "Office of agencies abroad (invented)", ""),
    ("Ministry of Labour (invented)", "Withdraw children from the worst work", "",
     "Sub-committee on child labour (invented)"),
    ("National committee (invented)", "Publish one figure a year, with its method",
     "Office of counting (invented)", ""),
)  # fmt: skip
PROJECTS = (  # title, budget in US dollars, how far it came
    ("A house for men in the north-west (invented)", 400_000, ("announced",)),
    ("Lawyers at first hearings (invented)", 120_000, ("announced", "funded")),
    ("Lessons before leaving (invented)", None, ("funded", "running")),
    ("A line for fishermen (invented)", 30_000, ("running", "ended")),
)
ASKED = (  # number, what is asked, country, days ago, to be answered within, answered after
    ("INV-1", "legal_assistance", "THA", 300, 120, 95),
    ("INV-2", "legal_assistance", "MYS", 210, 120, None),
    ("INV-3", "police", "VNM", 40, 60, None),
    ("INV-4", "police", "THA", 30, None, None),
)
NOT_MEASURED: dict[str, Any] = {}
# what, province, sessions, people, measured
TAUGHT: tuple[tuple[str, str, int | None, int | None, dict[str, Any]], ...] = (
    ("school", "02", 12, 340,
     {"tested_before": 80, "knew_before": 31, "tested_after": 78, "knew_after": 60}),
    ("peers", "12", 20, None, NOT_MEASURED),
    ("friends", "17", None, 95, {"tested_after": 40, "knew_after": 29}),
)  # fmt: skip


def keep(job: Job) -> None:
    """Write the registers once, in the names of those who keep them."""
    today = timezone.localdate(job.now)
    if Mandate.objects.exists():
        return
    with acting_as(job.cast.officer("st-01", role=Role.STATISTICIAN)) as committee:
        told: dict[str, Any] = {"by": committee, "at": job.now}
        _mandates(today, told)
        for title, budget, way in PROJECTS:
            _project(title, budget, way, today, told)
        _taught(today, told)
        oversight.keep(today, told)
    with acting_as(job.cast.officer("pr-01", role=Role.JUSTICE)) as prosecutor:
        for row in ASKED:
            _asked(row, today, {"by": prosecutor, "at": job.now})


def _mandates(today: date, told: dict[str, Any]) -> None:
    for body, duty, office, committee in MANDATES:
        first = services.record_mandate(
            body=body, duty=duty, office=office, committee=committee,
            since=today - timedelta(days=900), source=SAID["source"], **told,
        )  # fmt: skip
    services.change_mandate(
        first, duty=first.duty, office="Office of figures (invented)", source=SAID["source"],
        since=today - timedelta(days=100), reason="The office was renamed (invented)", **told,
    )  # fmt: skip


def _project(
    title: str, budget: int | None, way: tuple[str, ...], today: date, told: dict[str, Any]
) -> None:
    first, *later = way
    said = SAID | told | {"reason": "A meeting of donors (invented)"}
    one = services.record_project(
        title=title, run_by="Ministry of Social Affairs (invented)", donor="A fund (invented)",
        budget=budget, currency="USD" if budget else "", status=first,
        since=today - timedelta(days=500), **said,
    )  # fmt: skip
    for status in later:
        services.record_status(one, status, since=today - timedelta(days=90), **said)


def _taught(today: date, told: dict[str, Any]) -> None:
    for activity, place, sessions, people, measured in TAUGHT:
        services.record_taught(
            activity, place, year=today.year - 1, half=2, held_by="Schools office (invented)",
            source=SAID["source"], sessions=sessions, taught=people, **measured, **told,
        )  # fmt: skip


def _asked(row: tuple[Any, ...], today: date, told: dict[str, Any]) -> None:
    number, kind, country, ago, within, after = row
    sent = today - timedelta(days=ago)
    one = services.log_request(
        number, kind, country, asked_by="Prosecution of the river (invented)", sent_on=sent,
        due_on=sent + timedelta(days=within) if within else None, **told,
    )  # fmt: skip
    if after:
        services.record_answer(one, "in_part", on=sent + timedelta(days=after), **told)

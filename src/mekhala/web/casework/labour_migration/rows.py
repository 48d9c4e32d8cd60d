"""Rows of tables about recruitment agencies: rates, placements, incidents and what was found."""

from collections import Counter
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mekhala.core.estimation.rates import Rate
from mekhala.core.vocabulary.countries import country_name
from mekhala.pathway.labour_migration import looking_into, policies, queries
from mekhala.pathway.labour_migration.models import (
    ComplaintFinding,
    Incident,
    Placement,
    Recruiter,
)
from mekhala.pathway.labour_migration.words import Kind, Outcome
from mekhala.safeguards.access.models import Officer


def rate_row(
    name: str, found: Rate, is_above: bool, findings: Counter[str] | None = None
) -> list[Any]:
    """Return a row: the rate with its interval, or why there is none."""
    if found.rate is None or found.low is None or found.high is None:
        said, note = "", _("Too few placements for a rate")
    else:
        said = f"{found.rate:.1f} ({found.low:.1f} … {found.high:.1f})"
        note = _("The whole interval is above the rate of all together") if is_above else ""
    return [name, {"text": str(found.events), "numeric": True},
            {"text": str(found.size), "numeric": True}, said, _found(findings), note]  # fmt: skip


def _found(counted: Counter[str] | None) -> str:
    """Return how many complaints were found to be so; those of which nobody knows stand apart."""
    if not counted:
        return ""
    looked = counted["established"] + counted["unfounded"]
    told = _("%(established)d of %(looked)d") if looked else _("None looked into")
    said = told % {"established": counted["established"], "looked": looked} if looked else told
    if not counted["unknown"]:
        return said
    return f"{said}; " + _("not known: %(count)d") % {"count": counted["unknown"]}


def placement_rows(one: Recruiter) -> list[list[Any]]:
    """Return the placements of an agency, the newest first: month, employer, country, people."""
    reader = get_language() or "en"
    return [
        [date_format(p.month, "YEAR_MONTH_FORMAT"), str(p.employer),
         country_name(p.employer.country, reader), {"text": _people(p), "numeric": True}]
        for p in queries.placements_of(one)[:50]
    ]  # fmt: skip


def _people(one: Placement) -> str:
    """Return how many were placed, and what stood there before it was corrected, and why."""
    before = [
        _("%(people)d before: %(why)s") % {"people": each.people, "why": each.because}
        for each in one.before.all()
    ]
    return "; ".join([str(one.people), *before])


def incident_head() -> list[str]:
    """Return the heads of a table of incidents."""
    return [
        _("Month"),
        _("What is said"),
        _("Source"),
        _("Found to be so?"),
        _("Who found it, and why"),
    ]


def incident_row(one: Incident, officer: Officer) -> list[str]:
    """Return what is said of an incident, what was found, and the way to say it."""
    found = {True: _("Yes"), False: _("No"), None: _("Not found out yet")}[one.established]
    latest = next(iter(one.findings.all()), None)
    told = _finding(latest) if latest else ""
    if latest and (one.established is None or latest.finding == Outcome.MISTAKEN):
        found = latest.get_finding_display()
    if may_look_into(one, officer):
        address = reverse("recruitment:look_into", args=[one.pk])
        told = format_html(
            '{} <a class="govuk-link" href="{}">{}'
            '<span class="govuk-visually-hidden">: {}</span></a>',
            told, address, _looked_into_by(one), what_is_said(one),
        )  # fmt: skip
    return [date_format(one.month, "YEAR_MONTH_FORMAT"), what_is_said(one),
            one.get_source_display(), found, told]  # fmt: skip


def _finding(one: ComplaintFinding) -> str:
    return _("%(who)s, %(day)s: %(reasons)s") % {
        "who": one.found_by.agency, "day": date_format(one.found_on, "DATE_FORMAT"),
        "reasons": one.reasons,
    }  # fmt: skip


def what_is_said(one: Incident) -> str:
    """Return the kinds of an incident in words."""
    return "; ".join(str(Kind(kind).label) for kind in one.kinds)


def _looked_into_by(one: Incident) -> str:
    found = looking_into.may_be_found_so(one)
    return _("Say what was found") if found else _("Entered by mistake?")


def may_look_into(one: Incident, officer: Officer) -> bool:
    """Whether this officer may say what was found: none who wrote it down."""
    return policies.supervises(officer) and one.recorded_by_id != officer.pk

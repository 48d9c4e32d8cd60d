"""Acts on the registers of institutions. A change is another line; nothing is written over."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, models, transaction

from mekhala.core.vocabulary.countries import alpha_2
from mekhala.core.vocabulary.places import check_code
from mekhala.core.wrong_input import WrongInput
from mekhala.population.institutions import errors, policies
from mekhala.population.institutions.models import (
    CooperationRequest,
    Mandate,
    Project,
    ProjectCorrection,
    ProjectStatus,
    Taught,
)
from mekhala.population.institutions.words import Activity, Asked, Currency, Half, Outcome, Status
from mekhala.safeguards.audit import services as audit

if TYPE_CHECKING:
    from mekhala.safeguards.access.models import Officer

COUNTS = ("sessions", "taught", "tested_before", "knew_before", "tested_after", "knew_after")
FIRST_YEAR = 1990


@transaction.atomic
def record_mandate(
    *, body: str, duty: str, since: date, source: str, by: "Officer", at: datetime,
    committee: str = "", office: str = "",
) -> Mandate:  # fmt: skip
    """Write down who owes what; ``office`` is an office, never a person; empty: none is named."""
    policies.check_may_keep(by)
    policies.check_said(body, duty, source)
    policies.check_past(since, now=at)
    kept = Mandate.objects.create(
        body=body.strip(), committee=committee.strip(), duty=duty.strip(), office=office.strip(),
        since=since, source=source.strip(), recorded_by=by, recorded_at=at,
    )  # fmt: skip
    audit.record("institutions.mandate_kept", subject=f"mandate {kept.pk}", by=by, at=at)
    return kept


@transaction.atomic
def change_mandate(
    mandate: Mandate, *, duty: str, since: date, source: str, reason: str, by: "Officer",
    at: datetime, committee: str = "", office: str = "", ended: bool = False,
) -> Mandate:  # fmt: skip
    """Say what is owed from a day on instead; the body stays. What stood before stays readable.

    Raises ``ReasonMissing``, ``BeforeTheLast``, ``ReplacedMeanwhile``, ``NotYourRole``.
    """
    policies.check_may_keep(by)
    policies.check_reason(reason)
    policies.check_said(duty, source)
    policies.check_past(since, now=at)
    if since < mandate.since:
        raise errors.BeforeTheLast
    kept = Mandate(
        body=mandate.body, committee=committee.strip(), duty=duty.strip(), office=office.strip(),
        since=since, source=source.strip(), reason=reason.strip(), ended=ended, replaces=mandate,
        recorded_by=by, recorded_at=at,
    )  # fmt: skip
    kept_once(kept, errors.ReplacedMeanwhile)
    audit.record(
        "institutions.mandate_changed", subject=f"mandate {kept.pk}", by=by, at=at,
        replaces=mandate.pk, ended=ended,
    )  # fmt: skip
    return kept


@transaction.atomic
def record_project(
    *, title: str, run_by: str, status: Status | str, since: date, said_by: str, source: str,
    reason: str, by: "Officer", at: datetime, title_km: str = "", donor: str = "",
    budget: int | None = None, currency: Currency | str = "", begins_on: date | None = None,
    ends_on: date | None = None,
) -> Project:  # fmt: skip
    """Enter a project with its first status, and who says so."""
    policies.check_may_keep(by)
    policies.check_said(title, run_by)
    if begins_on and ends_on and ends_on < begins_on:
        raise errors.BeforeTheLast
    _check_budget(budget, currency)
    made = Project(
        title=title.strip(), title_km=title_km.strip(), run_by=run_by.strip(),
        donor=donor.strip(), budget=budget, currency=currency, begins_on=begins_on,
        ends_on=ends_on, recorded_by=by, recorded_at=at,
    )  # fmt: skip
    kept_once(made, errors.KeptAlready)
    audit.record("institutions.project_kept", subject=f"project {made.pk}", by=by, at=at)
    record_status(
        made, status, since=since, said_by=said_by, source=source, reason=reason, by=by, at=at
    )
    return made


@transaction.atomic
def correct_project(
    project: Project, *, title: str, source: str, reason: str, by: "Officer", at: datetime,
    title_km: str = "", budget: int | None = None, currency: Currency | str = "",
) -> ProjectCorrection:  # fmt: skip
    """Tell title and budget of a project anew; what stood before stays readable.

    Raises ``ReasonMissing``, ``SourceMissing``, ``NotYourRole``, ``WrongInput``.
    """
    policies.check_may_keep(by)
    policies.check_reason(reason)
    policies.check_said(title, source)
    _check_budget(budget, currency)
    kept = ProjectCorrection.objects.create(
        project=project, title=title.strip(), title_km=title_km.strip(), budget=budget,
        currency=currency, source=source.strip(), reason=reason.strip(), recorded_by=by,
        recorded_at=at,
    )  # fmt: skip
    audit.record("institutions.project_corrected", subject=f"project {project.pk}", by=by, at=at)
    return kept


@transaction.atomic
def record_status(
    project: Project, status: Status | str, *, since: date, said_by: str, source: str,
    reason: str, by: "Officer", at: datetime,
) -> ProjectStatus:  # fmt: skip
    """Say how far a project has come, who says so and why it is said now.

    Raises ``MayNotFollow``, ``BeforeTheLast``, ``ReasonMissing``, ``SourceMissing``.
    """
    policies.check_may_keep(by)
    policies.check_reason(reason)
    policies.check_said(said_by, source)
    policies.check_past(since, now=at)
    Project.objects.select_for_update().get(pk=project.pk)
    policies.check_may_follow(str(status), since, project.statuses.order_by("-id").first())
    kept = ProjectStatus.objects.create(
        project=project, status=status, since=since, said_by=said_by.strip(),
        source=source.strip(), reason=reason.strip(), recorded_by=by, recorded_at=at,
    )  # fmt: skip
    audit.record(
        "institutions.project_status", subject=f"project {project.pk}", by=by, at=at,
        status=str(status),
    )  # fmt: skip
    return kept


@transaction.atomic
def log_request(
    reference: str, kind: Asked | str, country: str, *, asked_by: str, sent_on: date,
    by: "Officer", at: datetime, due_on: date | None = None,
) -> CooperationRequest:  # fmt: skip
    """Log what another country was asked, under a number of its own.

    Raises ``KeptAlready``, ``BeforeTheLast``, ``DayToCome``, ``WrongInput``.
    """
    policies.check_may_ask_abroad(by)
    policies.check_said(reference, asked_by)
    policies.check_past(sent_on, now=at)
    check_code_of("kind", kind, Asked.values)
    if country not in alpha_2():
        raise WrongInput(f"country: {country[:20]!r} is no ISO 3166-1 alpha-3 code, such as THA.")
    if due_on and due_on < sent_on:
        raise errors.BeforeTheLast
    made = CooperationRequest(
        reference=reference.strip(), kind=kind, country=country, asked_by=asked_by.strip(),
        sent_on=sent_on, due_on=due_on, recorded_by=by, recorded_at=at,
    )  # fmt: skip
    kept_once(made, errors.KeptAlready)
    audit.record("institutions.request_sent", subject=f"request {made.pk}", by=by, at=at)
    return made


@transaction.atomic
def record_answer(
    request: CooperationRequest, outcome: Outcome | str, *, on: date, by: "Officer", at: datetime
) -> CooperationRequest:
    """Keep what another country answered, once."""
    policies.check_may_ask_abroad(by)
    policies.check_past(on, now=at)
    check_code_of("outcome", outcome, Outcome.values)
    kept = CooperationRequest.objects.select_for_update().get(pk=request.pk)
    if kept.answered_on is not None:
        raise errors.AnsweredAlready
    if on < kept.sent_on:
        raise errors.BeforeTheLast
    kept.answered_on, kept.outcome = on, str(outcome)
    kept.save(update_fields=["answered_on", "outcome"])
    audit.record(
        "institutions.request_answered", subject=f"request {kept.pk}", by=by, at=at,
        outcome=kept.outcome,
    )  # fmt: skip
    return kept


@transaction.atomic
def record_taught(
    activity: Activity | str, place_code: str, *, year: int, half: Half | int, held_by: str,
    source: str, by: "Officer", at: datetime, **counts: int | None,
) -> Taught:  # fmt: skip
    """Keep what was taught in half a year, and what was measured before and after.

    ``counts`` are those of ``COUNTS``; one that is left out is not known, and that is not nothing.
    Raises ``KeptAlready``, ``CountsDisagree``, ``DayToCome``.
    """
    policies.check_may_keep(by)
    policies.check_said(held_by, source)
    check_code_of("activity", activity, Activity.values)
    check_code_of("half", half, Half.values)
    if not FIRST_YEAR <= year <= 9998:
        raise WrongInput(f"year: {year}; expected {FIRST_YEAR} or later.")
    policies.check_past(date(year, 1 if half == Half.FIRST else 7, 1), now=at)
    made = Taught(
        activity=activity, place_code=check_code(place_code), year=year, half=half,
        held_by=held_by.strip(), source=source.strip(), recorded_by=by, recorded_at=at,
        **_counts(counts),
    )  # fmt: skip
    kept_once(made, errors.KeptAlready)
    audit.record("institutions.taught_kept", subject=f"taught {made.pk}", by=by, at=at)
    return made


@transaction.atomic
def correct_taught(
    one: Taught, *, reason: str, source: str, by: "Officer", at: datetime, **counts: int | None
) -> Taught:
    """Tell the counts of a half-year anew; those told before stay readable."""
    policies.check_may_keep(by)
    policies.check_reason(reason)
    policies.check_said(source)
    made = Taught(
        activity=one.activity, place_code=one.place_code, year=one.year,
        half=one.half, held_by=one.held_by, source=source.strip(), reason=reason.strip(),
        replaces=one, recorded_by=by, recorded_at=at, **_counts(counts),
    )  # fmt: skip
    kept_once(made, errors.ReplacedMeanwhile)
    audit.record(
        "institutions.taught_corrected", subject=f"taught {made.pk}", by=by, at=at,
        replaces=one.pk,
    )  # fmt: skip
    return made


def _counts(given: dict[str, int | None]) -> dict[str, int | None]:
    """Return all counts, None for those nobody told."""
    check_code_of("count", next((n for n in given if n not in COUNTS), COUNTS[0]), COUNTS)
    for when in ("before", "after"):
        policies.check_counts(given.get(f"tested_{when}"), given.get(f"knew_{when}"))
    return {name: given.get(name) for name in COUNTS}


def check_code_of(name: str, given: object, known: object) -> None:
    """Refuse a code that is not in its closed list."""
    if given not in known:  # type: ignore[operator]
        raise WrongInput(f"{name}: {str(given)[:40]!r}; expected one of {known}.")


def kept_once(made: models.Model, refusal: type[Exception]) -> None:
    """Insert a row; what stands once and is there already is refused in words."""
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        raise refusal from None


def _check_budget(budget: int | None, currency: str) -> None:
    if (budget is None) != (not currency):
        raise WrongInput("budget: expected an amount and its currency, or neither.")

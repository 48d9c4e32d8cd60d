"""Questions about proceedings. Row security answers only with what is open to the officer."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import JSONObject

from mekhala.pathway.justice import ladder
from mekhala.pathway.justice.models import (
    Accused,
    Appeal,
    AppealOutcome,
    Appellant,
    Charge,
    Complaint,
    Confiscation,
    Counsel,
    Custody,
    Entry,
    FactsFound,
    GateCheck,
    GateOutcome,
    Hearing,
    Investigation,
    Observation,
    Proceeding,
    Release,
    Result,
    Stage,
    Statement,
    Step,
    Told,
    Verdict,
)
from mekhala.safeguards.access import queries as access
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Role
from mekhala.safeguards.agencies.models import AgencyKind

AGAINST_THE_ACCUSED = frozenset({Result.CONVICTED, Result.SUSPENDED})


def proceedings() -> QuerySet[Proceeding]:
    """Return the proceedings open to the officer, each accused with ``stage``; two queries."""
    return Proceeding.objects.select_related("agency").prefetch_related(
        Prefetch("accused", accused_with_stage())
    )


def accused_with_stage() -> QuerySet[Accused]:
    """Return accused with ``stage``, the code of the last rung reached, its day ``stage_on``, and
    ``appealed``: whether somebody else appealed against the judgment of that day.
    """
    last = Step.objects.filter(accused=OuterRef("pk")).order_by("-on", "-id")
    appeals = Appeal.objects.filter(
        accused=OuterRef("pk"), judged_on=OuterRef("stage_on"), filed=True, replaced_by=None,
        outcome__in=["", AppealOutcome.RETRIAL],
    ).exclude(filed_by__in=["", Appellant.ACCUSED])  # fmt: skip
    found = Accused.objects.annotate(
        stage=Subquery(last.values("stage")[:1]), stage_on=Subquery(last.values("on")[:1])
    )
    return found.annotate(appealed=Exists(appeals))


def is_appealed(one: Accused) -> bool:
    """Answer whether an acquittal is appealed against, of ``accused_with_stage``."""
    return stage_of(one) == Stage.ACQUITTED and bool(getattr(one, "appealed", False))


def whole_proceedings() -> QuerySet[Proceeding]:
    """Return proceedings with accused, steps and charges; four queries for any number of them."""
    accused = _with_appeals(Accused.objects.prefetch_related("steps", "charges"))
    return Proceeding.objects.select_related("agency").prefetch_related(
        Prefetch("accused", accused)
    )


APPEAL_KNOWN_BY = ("id", "judged_on", "filed", "filed_by", "filed_on", "outcome")


def _with_appeals(found: QuerySet[Accused]) -> QuerySet[Accused]:
    """Add ``appeals_known``: the appeals that stand, without a query of their own."""
    standing = Appeal.objects.filter(accused=OuterRef("pk"), replaced_by=None).order_by("id")
    told = standing.values(told=JSONObject(**{name: name for name in APPEAL_KNOWN_BY}))
    return found.annotate(appeals_known=ArraySubquery(told))


def appeals_of(one: Accused) -> list[Appeal]:
    """Return the appeals about an accused, of those read with them or else as they are kept."""
    known = getattr(one, "appeals_known", None)
    if known is None:
        return list(one.appeal_entries.all())
    return [Appeal(accused=one, **_with_days(row)) for row in known]


def _with_days(row: dict[str, Any]) -> dict[str, Any]:
    days = {name: row[name] for name in ("judged_on", "filed_on") if row[name]}
    return row | {name: date.fromisoformat(day) for name, day in days.items()}


def accused() -> QuerySet[Accused]:
    """Return the accused whose proceeding is open to the officer, with it and their steps."""
    return Accused.objects.select_related("proceeding").prefetch_related("steps")


REVIEWED = (
    "steps", "charges", "complaint_entries", "custody_entries", "statement_entries",
    "counsel_entries", "investigation_entries", "observation_entries", "verdict_entries",
    "confiscation_entries", "appeal_entries", "release_entries", "factsfound_entries",
    "gatecheck_entries",
)  # fmt: skip
OF_THE_OTHERS = ("steps", "verdict_entries", "release_entries")


def for_review() -> QuerySet[Accused]:
    """Return accused with all that is recorded of them, for the fair-trial page.

    As many queries for one as for many: one for each kind of entry.
    """
    others = Accused.objects.prefetch_related(*OF_THE_OTHERS)
    return Accused.objects.select_related("proceeding").prefetch_related(
        *REVIEWED, "proceeding__hearings", Prefetch("proceeding__accused", others)
    )


COUNTED = (
    Complaint, Custody, Statement, Counsel, Investigation, Observation, FactsFound, Verdict,
    Confiscation, Appeal, Release,
)  # fmt: skip


def with_counts() -> QuerySet[Accused]:
    """Return accused with how many entries of each kind stand: ``custody_count``, …"""
    counts = {f"{kind._meta.model_name}_count": _count_of(kind) for kind in COUNTED}
    found = Accused.objects.select_related("proceeding").prefetch_related("steps", "charges")
    return _with_appeals(found.annotate(**counts))


def _count_of(kind: type[Entry]) -> Subquery:
    kept: Any = kind._default_manager
    standing = kept.filter(accused=OuterRef("pk"), replaced_by=None).order_by()
    return Subquery(standing.values("accused").annotate(n=Count("id")).values("n"))


def hearings(*, since: datetime) -> QuerySet[Hearing]:
    """Return the hearings that are open to the officer and not put off, the next first."""
    return Hearing.objects.filter(starts_at__gte=since, put_off_to=None).select_related("court")


PART_KNOWN_BY = (
    "id", "held_at", "released_at", "place", "extended", "was_minor", "offence_class",
)  # fmt: skip


def custodies_running() -> QuerySet[Custody]:
    """Return the custodies open to the officer that nobody has ended, the longest first.

    Each with ``parts`` and ``released_on``, what ``custody.around`` reads: all custodies of that
    accused, and the days of releases, that stand.
    """
    running = Custody.objects.filter(released_at=None, replaced_by=None)
    same = {"accused": OuterRef("accused"), "replaced_by": None}
    parts = Custody.objects.filter(**same).order_by("id")
    released = Release.objects.filter(**same).order_by("id")
    told = running.annotate(
        parts=ArraySubquery(parts.values(told=JSONObject(**{n: n for n in PART_KNOWN_BY}))),
        released_on=ArraySubquery(released.values(told=JSONObject(on="on"))),
    )
    return told.select_related("accused").order_by("held_at", "id")


def checks_counted() -> dict[str, int]:
    """Return how many checks before a charge ended how, among those open to the officer.

    A closed check that was overridden counts as overridden only.
    """
    last = GateCheck.objects.filter(replaced_by=None)
    return dict(last.values_list("outcome").annotate(n=Count("id")).order_by("outcome"))


def overridden() -> QuerySet[GateCheck]:
    """Return the charges recorded against the check, the newest first."""
    found = GateCheck.objects.filter(outcome=GateOutcome.OVERRIDDEN)
    return found.select_related("accused", "recorded_by__agency").order_by("-recorded_at")


def told(one: Accused) -> QuerySet[Told]:
    """Return who was told of the suspicion, each with how it was corrected."""
    return Told.objects.filter(accused=one).select_related("agency", "correction").order_by("id")


def charges() -> QuerySet[Charge]:
    """Return the charges whose proceeding is open to the officer, with their accused."""
    return Charge.objects.select_related("accused__proceeding")


def stage_of(one: Accused) -> Stage | None:
    """Return the last rung reached, from ``accused_with_stage`` or from the steps."""
    known = getattr(one, "stage", None)
    return Stage(known) if known else ladder.stage_after(list(one.steps.all()))


def stage_word(one: Accused) -> str:
    """Return the one word by which an accused is spoken of today: the last rung, no other."""
    stage = stage_of(one)
    return str(stage.label) if stage else ""


def rungs(one: Accused) -> list[tuple[Step, str]]:
    """Return the steps in order, each with its word as it may be told today."""
    steps = list(one.steps.all())
    last = ladder.stage_after(steps)
    return [(step, ladder.word_for(step, last=last)) for step in steps]


def is_set_aside(entry: Entry, steps: Sequence[Step]) -> bool:
    """Answer whether an entry is a judgment against an accused that no longer stands."""
    if not isinstance(entry, Verdict) or entry.result not in AGAINST_THE_ACCUSED:
        return False
    return ladder.was_set_aside(steps, judged_on=entry.on)


def who_may_go_on(officer: Officer) -> QuerySet[Officer]:
    """Return the justice officers of police and courts elsewhere, to hand a proceeding on to."""
    found = access.officers_of(Role.JUSTICE).exclude(agency=officer.agency_id)
    kinds = [AgencyKind.POLICE, AgencyKind.COURT]
    return found.filter(agency__kind__in=kinds).select_related("agency").order_by("agency__code")


def colleagues(officer: Officer) -> QuerySet[Officer]:
    """Return the other justice officers of the same agency."""
    return access.officers_of(Role.JUSTICE, officer.agency).exclude(pk=officer.pk)

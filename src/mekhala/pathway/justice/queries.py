"""Questions about proceedings. Row security answers only with what is open to the officer."""

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery

from mekhala.pathway.justice import ladder
from mekhala.pathway.justice.models import Accused, Charge, Proceeding, Stage, Step
from mekhala.safeguards.access import queries as access
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Role


def proceedings() -> QuerySet[Proceeding]:
    """Return the proceedings open to the officer, each accused with ``stage``; two queries."""
    return Proceeding.objects.select_related("agency").prefetch_related(
        Prefetch("accused", accused_with_stage())
    )


def accused_with_stage() -> QuerySet[Accused]:
    """Return accused with ``stage``, the code of the last rung reached."""
    last = Step.objects.filter(accused=OuterRef("pk")).order_by("-on", "-id")
    return Accused.objects.annotate(stage=Subquery(last.values("stage")[:1]))


def whole_proceedings() -> QuerySet[Proceeding]:
    """Return proceedings with accused, steps and charges; four queries for any number of them."""
    return Proceeding.objects.select_related("agency").prefetch_related(
        "accused__steps", "accused__charges"
    )


def accused() -> QuerySet[Accused]:
    """Return the accused whose proceeding is open to the officer, with it and their steps."""
    return Accused.objects.select_related("proceeding").prefetch_related("steps")


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


def colleagues(officer: Officer) -> QuerySet[Officer]:
    """Return the other justice officers of the same agency."""
    return access.officers_of(Role.JUSTICE, officer.agency).exclude(pk=officer.pk)

"""API: what the fair-trial rules say of one accused, in the keys of ``mekhala fair-trial``."""

from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Router, Schema

from mekhala.core.reasoning.fair_trial.review import review
from mekhala.pathway.justice import fairness, policies, queries
from mekhala.safeguards.access.purposes import Purpose
from mekhala.safeguards.audit import services as audit
from mekhala.web.officers import officer_of

router = Router(tags=["justice"])


class FlagOut(Schema):
    """A warning that is raised, and what it rests on."""

    code: str
    because: str
    from_: list[str] = Field(alias="from")
    meaning: str
    level: str
    source: str
    verified: bool


class FairTrialOut(Schema):
    """Raised, not raised, and what cannot be told with what to ask; ``word`` is today's rung.

    Money asked for and officials alleged are never among it: they are kept apart, and what
    rests on them alone cannot be told here.
    """

    case: str
    stage: str
    word: str
    flags: list[FlagOut]
    cannot_tell: list[str]
    to_ask: dict[str, list[str]]
    not_raised: list[str]
    review: str
    review_because: str


@router.get("/accused/{slug:number}/fair-trial", response=FairTrialOut, by_alias=True)
def fair_trial(request: HttpRequest, number: str) -> Any:
    """Answer what asks for a lawyer's look; the look is noted."""
    officer, now = officer_of(request), timezone.now()
    if not policies.may_file(officer):
        raise Http404
    one = get_object_or_404(queries.for_review(), number=number)
    audit.record(
        "justice.opened", subject=one.proceeding_id, by=officer, at=now,
        purpose=Purpose.JUSTICE.value, accused=number, page="fair_trial",
    )  # fmt: skip
    answer = review(fairness.proceeding_of(one, now=now)).as_answer()
    return answer | {"stage": queries.stage_of(one) or "", "word": queries.stage_word(one)}

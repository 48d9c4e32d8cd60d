"""What services are asked, and what they have not answered."""

from collections.abc import Callable
from datetime import datetime

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from mekhala.pathway.referral import placing, policies, queries
from mekhala.pathway.referral.codes import Outcome
from mekhala.pathway.referral.models import Referral, ReferralStatus
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Role
from mekhala.web.casework.cases.work import SHOWN, Task, WorkList
from mekhala.web.casework.referral.placing import due_words, for_whom, house_of


def work(officer: Officer, *, now: datetime) -> list[WorkList]:
    """Return what a provider has to answer, or what nobody answered to who asked; for the ministry
    the places it has to decide on, for who asked those to which it did not agree.
    """
    if officer.role == Role.PROVIDER:
        return [_to_accept(officer)]
    if officer.role not in policies.HELPERS:
        return []
    places = [_places(now=now)] if placing.may_decide(officer) else []
    return [*_asked_for(officer, now=now), *places]


def _places(*, now: datetime) -> WorkList:
    """Return the places that wait for the ministry; the number of each names nobody."""
    waiting = placing.to_decide(most=SHOWN + 1)
    tasks = tuple(
        Task(
            number=one.number, href=reverse("referral:placement", args=[one.number]),
            asked=f"{house_of(one)}: {for_whom(one)}",
            clock=due_words(one, now=now), clock_kind="overdue" if one.due_at < now else "soon",
            since=one.asked_at,
        )
        for one in waiting[:SHOWN]
    )  # fmt: skip
    return WorkList(
        title=_("Places to decide"), empty=_("No place waits for a decision."), tasks=tasks,
        more=len(waiting) > SHOWN, href=reverse("referral:placements"),
    )  # fmt: skip


def _to_accept(officer: Officer) -> WorkList:
    rows = list(queries.asked_of(officer)[: SHOWN + 1])
    return _list(
        rows, _to_answer, title=_("To accept or decline"), empty=_("Nothing waits for an answer."),
    )  # fmt: skip


def _asked_for(officer: Officer, *, now: datetime) -> list[WorkList]:
    """Return what nobody answered, and places the ministry did not agree to (one query)."""
    rows = list(queries.unanswered(officer, now=now)[: SHOWN + 1])
    refused = [one for one in rows if getattr(one, "ministry", "") == Outcome.NOT_AGREED]
    waits = _list(
        [one for one in rows if one not in refused], _no_answer,
        title=_("Asked, no answer yet"), empty=_("Every service you asked has answered."),
    )  # fmt: skip
    title = _("Places the ministry did not agree to")
    return [waits, _list(refused, _not_agreed, title=title)] if refused else [waits]


def _list(rows: list[Referral], task: Callable[[Referral], Task], **words: str) -> WorkList:
    return WorkList(tasks=tuple(task(r) for r in rows[:SHOWN]), more=len(rows) > SHOWN, **words)


def _not_agreed(referral: Referral) -> Task:
    return Task(
        number=referral.case_id, href=reverse("referral:of_case", args=[referral.case_id]),
        asked=f"{referral.get_need_display()}: {referral.service}",
        clock=_("Look for another place"), clock_kind="soon", since=referral.asked_at,
    )  # fmt: skip


def _to_answer(referral: Referral) -> Task:
    """Return one row for the provider: the need and the band, no case."""
    return Task(
        number=str(referral.service), href=reverse("referral:one", args=[referral.pk]),
        asked=f"{referral.get_need_display()}: {referral.get_age_band_display()}",
        clock=_until(referral), clock_kind="soon", since=referral.asked_at,
    )  # fmt: skip


def _no_answer(referral: Referral) -> Task:
    lapsed = referral.status == ReferralStatus.EXPIRED
    return Task(
        number=referral.case_id, href=reverse("referral:of_case", args=[referral.case_id]),
        asked=f"{referral.get_need_display()}: {referral.service}",
        clock=_("No answer: ask another service") if lapsed else _until(referral),
        clock_kind="overdue" if lapsed else "progress", since=referral.asked_at,
    )  # fmt: skip


def _until(referral: Referral) -> str:
    until = date_format(localtime(referral.hold_until), "j F, H:i")
    return _("Place held until %(until)s") % {"until": until}

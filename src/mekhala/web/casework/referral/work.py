"""What services are asked, and what they have not answered."""

from collections.abc import Callable
from datetime import datetime

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from mekhala.pathway.referral import policies, queries
from mekhala.pathway.referral.models import Referral, ReferralStatus
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Role
from mekhala.web.casework.cases.work import SHOWN, Task, WorkList


def work(officer: Officer, *, now: datetime) -> WorkList | None:
    """Return what a provider has to answer, or what nobody answered to who asked (one query)."""
    if officer.role == Role.PROVIDER:
        return _list(
            queries.asked_of(officer)[: SHOWN + 1], _to_answer, title=_("To accept or decline"),
            empty=_("Nothing waits for an answer."),
        )  # fmt: skip
    if officer.role in policies.HELPERS:
        return _list(
            queries.unanswered(officer, now=now)[: SHOWN + 1], _no_answer,
            title=_("Asked, no answer yet"), empty=_("Every service you asked has answered."),
        )  # fmt: skip
    return None


def _list(found: object, task: Callable[[Referral], Task], **words: str) -> WorkList:
    rows: list[Referral] = list(found)  # type: ignore[call-overload]
    return WorkList(tasks=tuple(task(r) for r in rows[:SHOWN]), more=len(rows) > SHOWN, **words)


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

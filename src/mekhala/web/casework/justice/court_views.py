"""Hearings and their calendar, the queue for legal aid, the check before a charge."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from mekhala.pathway.justice import gate, monitors, policies, queries, services
from mekhala.pathway.justice.models import Charge, GateCheck, GateOutcome, Hearing, Proceeding
from mekhala.web.casework.justice import entry_forms, fair_trial, waiting
from mekhala.web.casework.justice.acting import (
    accused_or_404,
    act_on,
    officer_in,
    officer_of_justice,
    page_of,
    page_of_accused,
)
from mekhala.web.casework.partial_days import span_in_words

LOOK_BACK = timedelta(days=14)
CONDUCT = ("conduct_from", "conduct_to")


@login_required
def hearings(request: HttpRequest) -> HttpResponse:
    """Show the calendar: what comes, and the last fortnight, by day; it names nobody."""
    officer_of_justice(request)
    now = timezone.now()
    listed = queries.hearings(since=now - LOOK_BACK)[:200]
    days: dict[Any, list[Hearing]] = {}
    for hearing in listed:
        days.setdefault(timezone.localtime(hearing.starts_at).date(), []).append(hearing)
    return render(request, "justice/hearings.html", {"days": days.items(), "now": now})


@login_required
def to_watch(request: HttpRequest) -> HttpResponse:
    """Show monitors of trials the hearings open to the public, by day; numbers, and no name."""
    officer, now = officer_in(request), timezone.now()
    if not policies.may_watch(officer):
        raise Http404
    days: dict[Any, list[monitors.Watchable]] = {}
    for hearing in monitors.hearings_to_watch(by=officer, since=now - LOOK_BACK):
        days.setdefault(timezone.localtime(hearing.starts_at).date(), []).append(hearing)
    return render(request, "justice/to_watch.html", {"days": days.items()})


@login_required
def plan_hearing(request: HttpRequest, number: str) -> HttpResponse:
    """Put a hearing into the calendar."""
    officer, found = officer_in(request), get_object_or_404(Proceeding, number=number)
    form = entry_forms.HearingForm(request.POST or None)

    def act() -> str:
        services.plan_hearing(found, by=officer, at=timezone.now(), **form.said())
        return reverse("justice:hearings")

    words = {"heading": _("Plan a hearing"), "button": _("Plan hearing"), "back": page_of(number)}
    return act_on(request, form, act, words)


@login_required
def put_off(request: HttpRequest, number: str, hearing: str) -> HttpResponse:
    """Put a hearing off to another time."""
    officer = officer_in(request)
    found = get_object_or_404(Hearing, number=hearing, proceeding=number)
    form = entry_forms.PutOffForm(request.POST or None)

    def act() -> str:
        services.put_off(found, by=officer, at=timezone.now(), **form.cleaned_data)
        return reverse("justice:hearings")

    words = {"heading": _("Put a hearing off"), "button": _("Put off"),
             "back": reverse("justice:hearings")}  # fmt: skip
    return act_on(request, form, act, words)


@login_required
def queue(request: HttpRequest) -> HttpResponse:
    """List who needs a lawyer's look: those with a grave warning first, the oldest first."""
    officer_of_justice(request)
    rows = fair_trial.queue(now=timezone.now())
    return render(request, "justice/queue.html", {"rows": rows})


@login_required
def checks(request: HttpRequest) -> HttpResponse:
    """Count the checks before a charge, and list the charges recorded against them."""
    officer_of_justice(request)
    counted = queries.checks_counted()
    against = [(one, span_in_words(*gate.conduct_of(one))) for one in queries.overridden()[:100]]
    shown = {"counted": counted, "overridden": against, "all": sum(counted.values())}
    return render(request, "justice/checks.html", shown)


@login_required
def check(request: HttpRequest, number: str) -> HttpResponse:
    """Ask, before a charge, whether the accused was made to do it."""
    officer, one = officer_in(request), accused_or_404(number)
    form = entry_forms.GateForm(request.POST or None)
    statute, article = request.GET.get("statute", "")[:40], request.GET.get("article", "")[:20]

    def act() -> str:
        made = services.pass_gate(
            one, statute=statute, article=article, by=officer, at=timezone.now(), **form.said()
        )
        return reverse("justice:checked", args=[number, made.pk])

    words = {
        "heading": _("Before this charge"), "button": _("Check"), "number": number,
        "status": queries.stage_word(one), "back": page_of_accused(number),
        "cited": f"{statute} Art. {article}" if statute else "",
        "nobody": "" if statute and article else _("Choose the article of the charge first."),
    }  # fmt: skip
    return act_on(request, form, act, words, template="justice/check.html")


@login_required
def checked(request: HttpRequest, number: str, check_id: int) -> HttpResponse:
    """Show what a check rests on; a prosecutor may go on against it with reasons."""
    officer, one = officer_in(request), accused_or_404(number)
    made = get_object_or_404(GateCheck, pk=check_id, accused=one)
    typed = waiting.charge_of(request, number)
    form = entry_forms.OverrideForm(
        request.POST or None, initial={name: typed.get(name, "") for name in CONDUCT}
    )

    def act() -> str:
        later = services.override_gate(made, by=officer, at=timezone.now(), **form.cleaned_data)
        return reverse("justice:checked", args=[number, later.pk])

    words = {
        "heading": _("Check before a charge"), "button": _("Record the charge against this check"),
        "number": number, "status": queries.stage_word(one), "back": page_of_accused(number),
        "check": made, "reasons": [gate.REASONS[code] for code in made.reasons], "grave": True,
        "conditions": _conditions(made), "typed": typed,
        "carried": _carried(made),
    }  # fmt: skip
    return act_on(request, form, act, words, template="justice/checked.html")


def _carried(made: GateCheck) -> str:
    """Return what the reasons against a check carry: one charge, recorded or still to come."""
    if made.outcome != GateOutcome.OVERRIDDEN:
        return ""
    days = {"days": span_in_words(*gate.conduct_of(made))}
    if Charge.objects.filter(against_check=made).exists():
        return _("The charge these reasons are for, conduct of %(days)s, is recorded. Another "
                 "charge needs a check and reasons of its own.") % days  # fmt: skip
    return _("These reasons carry one charge, for the conduct of %(days)s.") % days


def _conditions(made: GateCheck) -> list[dict[str, Any]]:
    from mekhala.web.casework.justice.entry_rows import said

    names = ("compelled", "direct_result", *gate.CONDITIONS)
    asked: dict[str, Any] = {name: GateCheck._meta.get_field(name) for name in names}
    return [
        {"key": field.verbose_name, "value": said(getattr(made, name))}
        for name, field in asked.items()
    ]

"""Pages of support: the plan, its tasks, and looking in later."""

from collections.abc import Callable
from datetime import datetime

from django import forms as django_forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from mekhala.pathway.aftercare import policies, queries, services
from mekhala.pathway.aftercare.models import FollowUp, PlanTask
from mekhala.pathway.encounter.models import Case
from mekhala.safeguards.access.errors import ActRefused
from mekhala.web.casework.aftercare.forms import DoneForm, FollowUpForm, PlanForm, TaskForm
from mekhala.web.casework.opening import case_open_for, officer_of

METHODS = ["GET", "HEAD", "POST"]


@login_required
@require_http_methods(METHODS)
def plan(request: HttpRequest, number: str) -> HttpResponse:
    """Show the plan; make it where there is none yet."""
    case, now = _case(request, number)
    kept = queries.plan_of(case)
    form = PlanForm(request.POST if request.method == "POST" and kept is None else None)
    by = officer_of(request)
    if _acted(form, lambda: services.make_plan(case, **form.cleaned_data, by=by, at=now)):
        return redirect("aftercare:plan", number=number)
    today = timezone.localdate(now)
    shown = {"case": case, "plan": kept, "form": form, "today": today}
    return render(request, "aftercare/plan.html", shown)


@login_required
@require_http_methods(METHODS)
def add_task(request: HttpRequest, number: str) -> HttpResponse:
    """Add one thing to do."""
    case, now = _case(request, number)
    kept = queries.plan_of(case)
    if kept is None:
        raise Http404
    form = TaskForm(request.POST if request.method == "POST" else None)
    if _acted(form, lambda: services.add_task(kept, form.task, by=officer_of(request), at=now)):
        return redirect("aftercare:plan", number=number)
    return render(request, "aftercare/add_task.html", {"case": case, "form": form})


@login_required
@require_http_methods(METHODS)
def finish_task(request: HttpRequest, number: str, task_id: int) -> HttpResponse:
    """Note the day on which a task was done."""
    case, now = _case(request, number)
    task = get_object_or_404(PlanTask.objects.select_related("plan"), pk=task_id, plan__case=case)
    form = DoneForm(request.POST if request.method == "POST" else None)
    if _acted(
        form,
        lambda: services.finish_task(
            task, on=form.cleaned_data["on"], by=officer_of(request), at=now
        ),
    ):
        return redirect("aftercare:plan", number=number)
    shown = {"case": case, "task": task, "form": form}
    return render(request, "aftercare/finish_task.html", shown)


@login_required
@require_http_methods(METHODS)
def follow_ups(request: HttpRequest, number: str) -> HttpResponse:
    """Show the days on which somebody looks in; plan them where none is open."""
    case, now = _case(request, number)
    kept = queries.plan_of(case)
    form = django_forms.Form(request.POST if request.method == "POST" and kept else None)
    today, by = timezone.localdate(now), officer_of(request)
    begin = today if kept and kept.follow_ups.all() else None  # a later round counts from today
    if kept and _acted(
        form, lambda: services.plan_follow_ups(kept, by=by, at=now, counted_from=begin)
    ):
        return redirect("aftercare:follow_ups", number=number)
    shown = {"case": case, "plan": kept, "form": form, "today": today}
    return render(request, "aftercare/follow_ups.html", shown)


@login_required
@require_http_methods(METHODS)
def follow_up(request: HttpRequest, number: str, follow_up_id: int) -> HttpResponse:
    """Record how things stood on one of those days."""
    case, now = _case(request, number)
    one = get_object_or_404(
        FollowUp.objects.select_related("plan"), pk=follow_up_id, plan__case=case
    )
    form = FollowUpForm(request.POST if request.method == "POST" else None)
    if _acted(
        form,
        lambda: services.record_follow_up(
            one, form.cleaned_data["outcome"], on=form.cleaned_data["on"],
            by=officer_of(request), at=now,
        ),
    ):  # fmt: skip
        return redirect("aftercare:follow_ups", number=number)
    return render(request, "aftercare/follow_up.html", {"case": case, "one": one, "form": form})


def _case(request: HttpRequest, number: str) -> tuple[Case, datetime]:
    now = timezone.now()
    if officer_of(request).role not in policies.SUPPORTERS:
        raise Http404
    return case_open_for(request, number, policies.SUPPORTING, now=now), now


def _acted(form: django_forms.Form, act: Callable[[], object]) -> bool:
    """Do the act a whole form asks for; a refusal becomes an error of the form."""
    if not form.is_valid():
        return False
    try:
        act()
    except ActRefused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True

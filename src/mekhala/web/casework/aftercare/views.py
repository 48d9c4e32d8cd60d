"""Pages of support: the plan, its tasks, and looking in later."""

from collections.abc import Callable

from django import forms as django_forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from mekhala.pathway.aftercare import policies, queries, services
from mekhala.pathway.aftercare.models import FollowUp, PlanTask
from mekhala.web.casework.aftercare.forms import DoneForm, FollowUpForm, PlanForm, TaskForm
from mekhala.web.casework.cases.frame import OpenCase, opened_case
from mekhala.web.casework.refusals import told_in

METHODS = ["GET", "HEAD", "POST"]


@login_required
@require_http_methods(METHODS)
def plan(request: HttpRequest, number: str) -> HttpResponse:
    """Show the plan; make it where there is none yet."""
    opened = _opened(request, number)
    case, by, at = opened.case, opened.officer, opened.now
    kept = queries.plan_of(case)
    form = PlanForm(request.POST if request.method == "POST" and kept is None else None)
    if _acted(form, lambda: services.make_plan(case, **form.cleaned_data, by=by, at=at)):
        return redirect("aftercare:plan", number=number)
    shown = {"plan": kept, "form": form, "today": timezone.localdate(at)}
    return render(request, "aftercare/plan.html", opened.frame(request.path) | shown)


@login_required
@require_http_methods(METHODS)
def add_task(request: HttpRequest, number: str) -> HttpResponse:
    """Add one thing to do."""
    opened = _opened(request, number)
    kept = queries.plan_of(opened.case)
    if kept is None:
        raise Http404
    form = TaskForm(request.POST if request.method == "POST" else None)
    if _acted(form, lambda: services.add_task(kept, form.task, by=opened.officer, at=opened.now)):
        return redirect("aftercare:plan", number=number)
    return render(request, "aftercare/add_task.html", opened.frame(request.path) | {"form": form})


@login_required
@require_http_methods(METHODS)
def finish_task(request: HttpRequest, number: str, task_id: int) -> HttpResponse:
    """Note the day on which a task was done."""
    opened = _opened(request, number)
    tasks = PlanTask.objects.select_related("plan")
    task = get_object_or_404(tasks, pk=task_id, plan__case=opened.case)
    form = DoneForm(request.POST if request.method == "POST" else None)
    by, at = opened.officer, opened.now
    if _acted(form, lambda: services.finish_task(task, **form.cleaned_data, by=by, at=at)):
        return redirect("aftercare:plan", number=number)
    shown = {"task": task, "form": form}
    return render(request, "aftercare/finish_task.html", opened.frame(request.path) | shown)


@login_required
@require_http_methods(METHODS)
def follow_ups(request: HttpRequest, number: str) -> HttpResponse:
    """Show the days on which somebody looks in; plan them where none is open."""
    opened = _opened(request, number)
    by, at = opened.officer, opened.now
    kept = queries.plan_of(opened.case)
    today = timezone.localdate(at)
    form = django_forms.Form(request.POST if request.method == "POST" and kept else None)
    begin = today if kept and kept.follow_ups.all() else None  # a later round counts from today
    if kept and _acted(
        form, lambda: services.plan_follow_ups(kept, by=by, at=at, counted_from=begin)
    ):
        return redirect("aftercare:follow_ups", number=number)
    shown = {"plan": kept, "form": form, "today": today}
    return render(request, "aftercare/follow_ups.html", opened.frame(request.path) | shown)


@login_required
@require_http_methods(METHODS)
def follow_up(request: HttpRequest, number: str, follow_up_id: int) -> HttpResponse:
    """Record how things stood on one of those days."""
    opened = _opened(request, number)
    days = FollowUp.objects.select_related("plan")
    one = get_object_or_404(days, pk=follow_up_id, plan__case=opened.case)
    form = FollowUpForm(request.POST if request.method == "POST" else None)
    by, at = opened.officer, opened.now
    if _acted(form, lambda: services.record_follow_up(one, **form.cleaned_data, by=by, at=at)):
        return redirect("aftercare:follow_ups", number=number)
    shown = {"one": one, "form": form}
    return render(request, "aftercare/follow_up.html", opened.frame(request.path) | shown)


def _opened(request: HttpRequest, number: str) -> OpenCase:
    opened = opened_case(request, number, purposes=policies.SUPPORTING)
    if opened.officer.role not in policies.SUPPORTERS:
        raise Http404
    return opened


def _acted(form: django_forms.Form, act: Callable[[], object]) -> bool:
    """Do the act a whole form asks for; a refusal becomes an error of the form."""
    if not form.is_valid():
        return False
    with told_in(form):
        act()
    return not form.errors

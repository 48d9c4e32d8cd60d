"""Pages of support: needs, the plan, its tasks, help given, and looking in later."""

from django import forms as django_forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mekhala.pathway.aftercare import queries, services
from mekhala.pathway.aftercare.codes import Answer, Area
from mekhala.pathway.aftercare.models import Assessment, FollowUp, PlanTask, ServiceGiven
from mekhala.pathway.redress.queries import accounts
from mekhala.safeguards.access.purposes import Role
from mekhala.web.casework.aftercare.doing import (
    METHODS,
    acted,
    form_page,
    opened_for_support,
    posted,
)
from mekhala.web.casework.aftercare.forms import (
    DoneForm,
    FollowUpForm,
    HelpForm,
    NeedsForm,
    PlanForm,
    StageForm,
    TaskForm,
    TryForm,
    kept,
)


@login_required
@require_http_methods(METHODS)
def plan(request: HttpRequest, number: str) -> HttpResponse:
    """Show the plan; make it where there is none yet."""
    opened = opened_for_support(request, number)
    case, by, at = opened.case, opened.officer, opened.now
    made = queries.plan_of(case)
    form = PlanForm(posted(request) if made is None else None)
    if acted(form, lambda: services.make_plan(case, **form.cleaned_data, by=by, at=at)):
        return redirect("aftercare:plan", number=number)
    given = ServiceGiven.objects.filter(case=case).select_related("agency")[:50]
    today = timezone.localdate(at)
    shown = {
        "plan": made, "form": form, "today": today, "given": given,
        "only_of": by.agency_id if by.role == Role.PROVIDER else None,
        "owed": accounts(case.number, today=today),
    }  # fmt: skip
    return render(request, "aftercare/plan.html", opened.frame(request.path) | shown)


@login_required
@require_http_methods(METHODS)
def add_task(request: HttpRequest, number: str) -> HttpResponse:
    """Add one thing to do."""
    opened = opened_for_support(request, number)
    made = queries.plan_of(opened.case)
    if made is None:
        raise Http404
    form = TaskForm(posted(request))
    if acted(form, lambda: services.add_task(made, form.task, by=opened.officer, at=opened.now)):
        return redirect("aftercare:plan", number=number)
    return render(request, "aftercare/add_task.html", opened.frame(request.path) | {"form": form})


@login_required
@require_http_methods(METHODS)
def finish_task(request: HttpRequest, number: str, task_id: int) -> HttpResponse:
    """Note the day on which a task was done."""
    opened = opened_for_support(request, number)
    tasks = PlanTask.objects.select_related("plan")
    task = get_object_or_404(tasks, pk=task_id, plan__case=opened.case)
    form = DoneForm(posted(request))
    by, at = opened.officer, opened.now
    if acted(form, lambda: services.finish_task(task, **form.cleaned_data, by=by, at=at)):
        return redirect("aftercare:plan", number=number)
    shown = {"task": task, "form": form}
    return render(request, "aftercare/finish_task.html", opened.frame(request.path) | shown)


@login_required
@require_http_methods(METHODS)
def follow_ups(request: HttpRequest, number: str) -> HttpResponse:
    """Show the days on which somebody looks in; plan them where none is open."""
    opened = opened_for_support(request, number)
    by, at = opened.officer, opened.now
    made = queries.plan_of(opened.case)
    today = timezone.localdate(at)
    form = django_forms.Form(posted(request) if made else None)
    begin = today if made and made.follow_ups.all() else None  # a later round counts from today
    if made and acted(
        form, lambda: services.plan_follow_ups(made, by=by, at=at, counted_from=begin)
    ):
        return redirect("aftercare:follow_ups", number=number)
    round_open = made is not None and any(day.done_on is None for day in made.follow_ups.all())
    shown = {"plan": made, "form": form, "today": today, "round_open": round_open}
    return render(request, "aftercare/follow_ups.html", opened.frame(request.path) | shown)


@login_required
@require_http_methods(METHODS)
def follow_up(request: HttpRequest, number: str, follow_up_id: int) -> HttpResponse:
    """Record how things stood on one of those days."""
    opened = opened_for_support(request, number)
    days = FollowUp.objects.select_related("plan")
    one = get_object_or_404(days, pk=follow_up_id, plan__case=opened.case)
    form = FollowUpForm(posted(request))
    by, at = opened.officer, opened.now
    said = ("may_stay", "pay_enough", "feels_safe")
    if acted(form, lambda: services.record_follow_up(one, **kept(form, *said), by=by, at=at)):
        return redirect("aftercare:follow_ups", number=number)
    shown = {"one": one, "form": form}
    return render(request, "aftercare/follow_up.html", opened.frame(request.path) | shown)


@login_required
@require_http_methods(METHODS)
def tried(request: HttpRequest, number: str, follow_up_id: int) -> HttpResponse:
    """Note a day on which nobody was reached."""
    opened = opened_for_support(request, number)
    days = FollowUp.objects.select_related("plan")
    one = get_object_or_404(days, pk=follow_up_id, plan__case=opened.case)
    form = TryForm(posted(request))
    return form_page(
        request, opened, form,
        lambda: services.note_try(one, **form.cleaned_data, by=opened.officer, at=opened.now),
        back="aftercare:follow_ups", heading=_("Nobody was reached"), button=_("Note the day"),
        told=[_("Use only the way of contact the person called safe. After three different days "
                "you may say that contact is lost; it is no failure of the person.")],
    )  # fmt: skip


@login_required
@require_http_methods(METHODS)
def needs(request: HttpRequest, number: str) -> HttpResponse:
    """Show what the person needs as it was looked at together, the newest first; look again."""
    opened = opened_for_support(request, number)
    case, by, at = opened.case, opened.officer, opened.now
    form = NeedsForm(posted(request))
    if acted(form, lambda: services.assess(case, **form.told, by=by, at=at)):
        return redirect("aftercare:needs", number=number)
    looked = Assessment.objects.filter(case=case).select_related("made_by").order_by("-made_on")
    rows = [
        {"one": one, "areas": [(Area(a).label, Answer(c).label) for a, c in one.answers.items()]}
        for one in looked[:10]
    ]
    shown = {"form": form, "rows": rows}
    return render(request, "aftercare/needs.html", opened.frame(request.path) | shown)


@login_required
@require_http_methods(METHODS)
def record_help(request: HttpRequest, number: str) -> HttpResponse:
    """Keep help that was given, to which the person said yes."""
    opened = opened_for_support(request, number)
    form, by, at = HelpForm(posted(request)), opened.officer, opened.now
    return form_page(
        request, opened, form,
        lambda: services.record_help(opened.case, **kept(form, "agreed"), by=by, at=at),
        back="aftercare:plan", heading=_("Help that was given"), button=_("Keep"),
        told=[_("What is kept is the kind of help and the day, not what was spoken of.")],
    )  # fmt: skip


@login_required
@require_http_methods(METHODS)
def stage(request: HttpRequest, number: str) -> HttpResponse:
    """Move support on, or back where it was too soon."""
    opened = opened_for_support(request, number)
    made = queries.plan_of(opened.case)
    if made is None:
        raise Http404
    form, by, at = StageForm(posted(request), stage=made.stage), opened.officer, opened.now
    return form_page(
        request, opened, form,
        lambda: services.move_stage(made, **form.cleaned_data, by=by, at=at),
        back="aftercare:plan", heading=_("Where support goes on"), button=_("Move on"),
        told=[_("With follow-up three days are planned to look in: after 3, 6 and 12 months.")],
    )  # fmt: skip

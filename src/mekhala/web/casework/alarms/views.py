"""Alarms about officers of other agencies: looking into one, and lifting a lock."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from mekhala.safeguards.reading import queries, services
from mekhala.web.casework.alarms.forms import LiftForm, LookedIntoForm
from mekhala.web.casework.emergency.review_views import watcher_of
from mekhala.web.casework.refusals import told_in

PAGE = 50


@login_required
@require_GET
def alarms(request: HttpRequest) -> HttpResponse:
    """List invented files asked for, locks on officers of other agencies, and the limits."""
    locks = queries.locks_to_lift(watcher_of(request))
    page = Paginator(locks, PAGE).get_page(request.GET.get("page"))
    raised = queries.alarms()
    shown = {
        "page": page, "limits": queries.limits(),
        "raised": Paginator(raised, PAGE).get_page(request.GET.get("raised")),
        "waiting": sum(alarm.looked_at is None for alarm in raised),
    }  # fmt: skip
    return render(request, "alarms/list.html", shown)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def look_into(request: HttpRequest, alarm_id: int) -> HttpResponse:
    """Show one alarm, without the file, and keep what was found out about it."""
    by = watcher_of(request)
    alarm = next((one for one in queries.alarms() if one.pk == alarm_id), None)
    if alarm is None:
        raise Http404
    form = LookedIntoForm(request.POST or None)
    if form.is_valid():
        with told_in(form):
            services.look_into(alarm_id, **form.cleaned_data, by=by, at=timezone.now())
        if not form.errors:
            messages.success(request, _("What you found is kept."))
            return redirect("alarms:list")
    return render(request, "alarms/look_into.html", {"alarm": alarm, "form": form})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def lift(request: HttpRequest, lock_id: int) -> HttpResponse:
    """Lift one lock, with a reason that is kept."""
    by = watcher_of(request)
    lock = get_object_or_404(queries.locks_to_lift(by), pk=lock_id)
    form = LiftForm(request.POST or None)
    if form.is_valid():
        with told_in(form):
            services.lift(lock, because=form.cleaned_data["because"], by=by, at=timezone.now())
        if not form.errors:
            messages.success(request, _("The lock was lifted."))
            return redirect("alarms:list")
    return render(request, "alarms/lift.html", {"lock": lock, "form": form})

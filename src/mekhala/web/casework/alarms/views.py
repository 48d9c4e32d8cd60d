"""The locks that stand on officers of other agencies, and lifting one."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from mekhala.safeguards.reading import queries, services
from mekhala.web.casework.alarms.forms import LiftForm
from mekhala.web.casework.emergency.review_views import watcher_of
from mekhala.web.casework.refusals import told_in

PAGE = 50


@login_required
@require_GET
def alarms(request: HttpRequest) -> HttpResponse:
    """List the officers of other agencies whose reading is locked, and the limits with reasons."""
    locks = queries.locks_to_lift(watcher_of(request))
    page = Paginator(locks, PAGE).get_page(request.GET.get("page"))
    return render(request, "alarms/list.html", {"page": page, "limits": queries.limits()})


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

"""Pages of a provider: nights on which a service has fewer places than usual."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from mekhala.pathway.directory import opening, queries, words
from mekhala.pathway.directory.models import NightPlaces, Service
from mekhala.web.casework.directory.forms import NightsForm
from mekhala.web.casework.directory.views import provider_of
from mekhala.web.casework.refusals import told_in


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def nights(request: HttpRequest, service_id: int) -> HttpResponse:
    """List the nights with fewer places and how many are given then; take others."""
    officer = provider_of(request)
    service = get_object_or_404(Service, pk=service_id, agency_id=officer.agency_id)
    form = NightsForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with told_in(form):
            opening.state_nights(service, by=officer, at=timezone.now(), **form.told())
        if not form.errors:
            return redirect("directory:nights", service_id=service.pk)
    to_come = queries.nights_to_come(service, today=timezone.localdate())
    rows = [
        {"told": told, "given": given, "evenings": words.day_names(told.weekdays),
         "too_many": given > told.places}
        for told, given in to_come
    ]  # fmt: skip
    shown = {"service": service, "form": form, "rows": rows}
    return render(request, "directory/nights.html", shown)


@login_required
@require_POST
def take_back(request: HttpRequest, stated_id: int) -> HttpResponse:
    """Have as many places as usual after all."""
    officer = provider_of(request)
    found = NightPlaces.objects.filter(service__agency_id=officer.agency_id)
    stated = get_object_or_404(found.select_related("service"), pk=stated_id)
    opening.take_back_nights(stated, by=officer, at=timezone.now())
    return redirect("directory:nights", service_id=stated.service_id)

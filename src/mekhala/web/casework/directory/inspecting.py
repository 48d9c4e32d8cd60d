"""Pages of inspections: what was found, what is restricted, and by whom."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mekhala.pathway.directory import inspecting, policies, queries
from mekhala.pathway.directory.models import InspectionFinding, Restriction, Service
from mekhala.pathway.directory.standards import standard_words
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Role
from mekhala.web.casework.directory.forms import InspectionForm, NoTieForm
from mekhala.web.casework.refusals import told_in
from mekhala.web.officers import officer_of

PER_PAGE = 20


@login_required
@require_safe
def inspections(request: HttpRequest, service_id: int) -> HttpResponse:
    """Show the inspections of a service and what is in force, to inspectors and the house."""
    return _shown(request, _service(request, service_id), NoTieForm())


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, service_id: int) -> HttpResponse:
    """Take an inspection; who is of the provider, or says nothing of ties, is refused."""
    officer, service = officer_of(request), _service(request, service_id)
    if officer.role not in policies.INSPECTORS:
        raise Http404
    form = InspectionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with told_in(form):
            inspecting.record_inspection(service, by=officer, at=timezone.now(), **form.told())
        if not form.errors:
            return redirect("directory:inspections", service_id=service.pk)
    return render(request, "directory/inspect.html", {"service": service, "form": form})


@login_required
@require_POST
def mended(request: HttpRequest, finding_id: int) -> HttpResponse:
    """Note that what was missing was seen to be met."""
    found = InspectionFinding.objects.select_related("inspection__service__agency")
    finding = get_object_or_404(found, pk=finding_id)
    return _act(request, finding.inspection.service, inspecting.see_mended, finding)


@login_required
@require_POST
def lift(request: HttpRequest, restriction_id: int) -> HttpResponse:
    """Lift a restriction; the match obeys at once."""
    found = Restriction.objects.select_related("service__agency")
    restriction = get_object_or_404(found, pk=restriction_id)
    return _act(request, restriction.service, inspecting.lift_restriction, restriction)


def _act(request: HttpRequest, service: Service, act: Any, thing: Any) -> HttpResponse:
    officer = _reader(request, service)
    if officer.role not in policies.INSPECTORS:
        raise Http404
    form = NoTieForm(request.POST)
    if form.is_valid():
        with told_in(form):
            act(thing, no_tie=form.cleaned_data["no_tie"], by=officer, at=timezone.now())
        if not form.errors:
            return redirect("directory:inspections", service_id=service.pk)
    return _shown(request, service, form)


def _service(request: HttpRequest, service_id: int) -> Service:
    service = get_object_or_404(Service.objects.select_related("agency"), pk=service_id)
    _reader(request, service)
    return service


def _reader(request: HttpRequest, service: Service) -> Officer:
    officer = officer_of(request)
    own = officer.role == Role.PROVIDER and officer.agency_id == service.agency_id
    if not own and officer.role not in policies.INSPECTORS:
        raise Http404
    return officer


def _shown(request: HttpRequest, service: Service, form: NoTieForm) -> HttpResponse:
    officer, reader = officer_of(request), get_language() or "en"
    page = Paginator(queries.inspections(service), PER_PAGE).get_page(request.GET.get("page"))
    rows = [
        {"inspection": each,
         "findings": [(standard_words(f.standard, reader), f) for f in each.findings.all()]}
        for each in page
    ]  # fmt: skip
    shown = {
        "service": service, "page": page, "rows": rows, "form": form,
        "restrictions": list(queries.restrictions(service)),
        "may_inspect": policies.may_inspect(officer, service),
        "registration": queries.registrations([service.agency_id]).get(service.agency_id),
        "today": timezone.localdate(), "inspector": officer.role in policies.INSPECTORS,
    }  # fmt: skip
    return render(request, "directory/inspections.html", shown)

"""Pages of the directory: which services there are, and a provider's own."""

from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mekhala.core.vocabulary.places import province_name
from mekhala.pathway.directory import addresses, opening, policies, queries, words
from mekhala.pathway.directory import services as acts
from mekhala.pathway.directory.models import Closure, LeftOut, Service, ServiceAddress
from mekhala.pathway.directory.reasons import closed_until, restricted
from mekhala.safeguards.access.errors import ActRefused
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Role
from mekhala.web.casework.directory.forms import (
    AddressForm,
    ClosureForm,
    LookForm,
    OpeningForm,
    PlacesForm,
)
from mekhala.web.casework.refusals import told_in
from mekhala.web.officers import officer_of

PER_PAGE = 50


@login_required
@require_safe
def services(request: HttpRequest) -> HttpResponse:
    """List open services confirmed lately, by need and province; say what is left out."""
    form, now = LookForm(request.GET or None), timezone.now()
    wanted = {"need": "", "stay": "", "province_code": ""}
    if form.is_valid():
        wanted = {
            "need": form.cleaned_data["need"],
            "stay": form.cleaned_data["stay"],
            "province_code": form.cleaned_data["province"],
        }
    page = Paginator(queries.offered(now=now, **wanted), PER_PAGE).get_page(request.GET.get("page"))
    shown = {
        "form": form, "page": page, "rows": [_row(service) for service in page],
        "not_shown": queries.not_shown(now=now, **wanted),
        "may_inspect": officer_of(request).role in policies.INSPECTORS,
        "may_register": officer_of(request).role in policies.REGISTERING,
    }  # fmt: skip
    return render(request, "directory/services.html", shown)


@login_required
@require_safe
def ours(request: HttpRequest) -> HttpResponse:
    """List the services of the provider's agency with their places."""
    agency = provider_of(request).agency
    page = Paginator(queries.as_now(queries.run_by(agency), now=timezone.now()), PER_PAGE).get_page(
        request.GET.get("page")
    )
    stale_before = timezone.now() - queries.FRESH
    rows = [_row(service) | {"stale": _is_stale(service, stale_before)} for service in page]
    return render(request, "directory/ours.html", {"page": page, "rows": rows})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def places(request: HttpRequest, service_id: int) -> HttpResponse:
    """Take the number of free places, show it back, and keep it at the second tap."""
    officer = provider_of(request)
    ours_now = queries.as_now(queries.run_by(officer.agency), now=timezone.now())
    service = get_object_or_404(ours_now, pk=service_id)
    form = PlacesForm(request.POST if request.method == "POST" else None, service=service)
    check = form.is_valid()
    if check and request.POST.get("confirmed") == "yes":
        try:
            acts.confirm_places(service, form.said, by=officer, at=timezone.now())
        except ActRefused as refusal:
            form.add_error(None, str(refusal))
            check = False
        else:
            return redirect("directory:ours")
    said = form.said if check else None
    shown = {"service": service, "form": form, "check": check, "said": said}
    return render(request, "directory/places.html", shown)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def address(request: HttpRequest, service_id: int) -> HttpResponse:
    """Take where the service stands, sealed; it is never shown back here."""
    officer = provider_of(request)
    service = get_object_or_404(Service, pk=service_id, agency_id=officer.agency_id)
    form = AddressForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        addresses.keep_address(service, form.cleaned_data["where"], by=officer, at=timezone.now())
        return redirect("directory:ours")
    kept = ServiceAddress.objects.filter(service=service).exists()
    shown = {"service": service, "form": form, "kept": kept}
    return render(request, "directory/address.html", shown)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def opened(request: HttpRequest, service_id: int) -> HttpResponse:
    """Take on which days and hours the service receives; list the days on which it is closed."""
    officer = provider_of(request)
    service = get_object_or_404(Service, pk=service_id, agency_id=officer.agency_id)
    form = OpeningForm(request.POST if request.method == "POST" else None, service=service)
    if form.is_valid():
        with told_in(form):
            opening.set_opening(service, by=officer, at=timezone.now(), **form.told())
        if not form.errors:
            return redirect("directory:opened", service_id=service.pk)
    return _opening(request, service, form, ClosureForm())


@login_required
@require_POST
def close(request: HttpRequest, service_id: int) -> HttpResponse:
    """Note days on which the service receives nobody."""
    officer = provider_of(request)
    service = get_object_or_404(Service, pk=service_id, agency_id=officer.agency_id)
    form = ClosureForm(request.POST)
    if form.is_valid():
        with told_in(form):
            opening.note_closure(service, by=officer, at=timezone.now(), **form.cleaned_data)
        if not form.errors:
            return redirect("directory:opened", service_id=service.pk)
    return _opening(request, service, OpeningForm(service=service), form)


@login_required
@require_POST
def receive_again(request: HttpRequest, closure_id: int) -> HttpResponse:
    """Take a closure back."""
    officer = provider_of(request)
    found = Closure.objects.filter(service__agency_id=officer.agency_id).select_related("service")
    closure = get_object_or_404(found, pk=closure_id)
    opening.take_back_closure(closure, by=officer, at=timezone.now())
    return redirect("directory:opened", service_id=closure.service_id)


def _opening(
    request: HttpRequest, service: Service, form: OpeningForm, closure: ClosureForm
) -> HttpResponse:
    to_come = queries.closures_to_come(service, today=timezone.localdate())
    shown = {"service": service, "form": form, "closure": closure, "closures": to_come,
             "wrong": form if form.errors else closure}  # fmt: skip
    return render(request, "directory/opening.html", shown)


def _is_stale(service: Service, stale_before: datetime) -> bool:
    return service.confirmed_at is None or service.confirmed_at <= stale_before


def provider_of(request: HttpRequest) -> Officer:
    """Return the officer, who is a provider; for others the page is not there."""
    officer = officer_of(request)
    if officer.role != Role.PROVIDER:
        raise Http404
    return officer


def _row(service: Service) -> dict[str, object]:
    return {
        "service": service,
        "sexes": words.sexes_taken(service),
        "ages": words.ages_taken(service),
        "languages": words.language_names(service.languages),
        "hours": words.hours(service),
        "closed_days": words.day_names(service.closed_days),
        "closed_until": closed_until(service),
        "limits": [str(LeftOut(kind).label) for kind in restricted(service)],
        "province": province_name(service.province_code, get_language() or "en"),
    }

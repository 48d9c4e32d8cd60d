"""Pages of the register of services: entering one, changing it, retiring it; its provider."""

from typing import Any

from django import forms as django_forms
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mekhala.pathway.directory import policies, queries
from mekhala.pathway.directory import registering as acts
from mekhala.pathway.directory.inspecting import register_provider
from mekhala.pathway.directory.models import Service
from mekhala.safeguards.access.models import Officer
from mekhala.web.casework.directory.register_forms import (
    NewServiceForm,
    RegistrationForm,
    ServiceForm,
    providers,
)
from mekhala.web.casework.refusals import told_in
from mekhala.web.officers import officer_of

PER_PAGE = 50


@login_required
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """List every service with its provider, and every provider with its registration."""
    _keeper(request)
    page = Paginator(queries.not_retired(), PER_PAGE).get_page(request.GET.get("page"))
    run_by = list(providers())
    known = queries.registrations(agency.pk for agency in run_by)
    shown = {"page": page, "providers": [(each, known.get(each.pk)) for each in run_by]}
    return render(request, "directory/register.html", shown)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Enter a service; its provider is asked for its places next."""
    officer = _keeper(request)
    form = NewServiceForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with told_in(form):
            acts.register_service(
                form.cleaned_data["agency"], form.told(), by=officer, at=timezone.now()
            )
        if not form.errors:
            return redirect("directory:register")
    return _shown(request, form, _("Enter a service"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, service_id: int) -> HttpResponse:
    """Change what is said of a service."""
    officer, service = _keeper(request), _service(service_id)
    form = ServiceForm(request.POST if request.method == "POST" else None, service=service)
    if form.is_valid():
        with told_in(form):
            acts.change_service(service, form.told(), by=officer, at=timezone.now())
        if not form.errors:
            return redirect("directory:register")
    return _shown(request, form, _("Change a service"), about=str(service))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def retire(request: HttpRequest, service_id: int) -> HttpResponse:
    """Ask once, then offer a service no more."""
    officer, service = _keeper(request), _service(service_id)
    form = django_forms.Form(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with told_in(form):
            acts.retire_service(service, by=officer, at=timezone.now())
        if not form.errors:
            return redirect("directory:register")
    told = _("It is offered no more. What was referred to it stays as it is.")
    return _shown(request, form, _("Retire a service"), about=str(service), told=told)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def provider(request: HttpRequest, agency_id: int) -> HttpResponse:
    """Take under which number the ministry of social affairs registered a provider."""
    officer = _keeper(request)
    agency = get_object_or_404(providers(), pk=agency_id)
    known = queries.registrations([agency.pk]).get(agency.pk)
    form = RegistrationForm(request.POST if request.method == "POST" else None, known=known)
    if form.is_valid():
        with told_in(form):
            register_provider(agency, by=officer, at=timezone.now(), **form.cleaned_data)
        if not form.errors:
            return redirect("directory:register")
    return _shown(request, form, _("Note registration"), about=str(agency))


def _keeper(request: HttpRequest) -> Officer:
    officer = officer_of(request)
    if officer.role not in policies.REGISTERING:
        raise Http404
    return officer


def _service(service_id: int) -> Service:
    return get_object_or_404(queries.not_retired(), pk=service_id)


def _shown(request: HttpRequest, form: Any, task: str, **more: Any) -> HttpResponse:
    return render(request, "directory/registering.html", {"form": form, "task": task} | more)

"""The administrator's pages."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from mekhala.safeguards.access import accounts
from mekhala.safeguards.access.errors import ActRefused
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Role
from mekhala.web.casework.office.forms import FindForm, OfficerForm
from mekhala.web.officers import officer_of

ACTS = {"close": accounts.close_account, "open": accounts.open_account}


def _administrator(request: HttpRequest) -> Officer:
    """Return the administrator who asks; for everybody else these pages do not exist."""
    officer = officer_of(request)
    if officer.role != Role.ADMINISTRATOR:
        raise Http404
    return officer


@login_required
@require_GET
def officers(request: HttpRequest) -> HttpResponse:
    """List officers by user name, fifty to a page."""
    _administrator(request)
    form = FindForm(request.GET or None)
    found = Officer.objects.select_related("agency").order_by("username")
    if form.is_valid() and form.cleaned_data["agency"]:
        found = found.filter(agency=form.cleaned_data["agency"])
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    return render(request, "office/officers.html", {"page": page, "look": form})


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Add an officer and show the first password once."""
    by = _administrator(request)
    form = OfficerForm(request.POST or None)
    if form.is_valid():
        try:
            made, password = accounts.add_officer(**form.cleaned_data, by=by, at=timezone.now())
        except ActRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _shown(request, made, password)
    return render(request, "office/new.html", {"form": form})


@login_required
@require_http_methods(["GET", "POST"])
def officer(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one account; give a new password, close it or open it again."""
    by = _administrator(request)
    about = get_object_or_404(Officer.objects.select_related("agency"), pk=pk)
    refused = ""
    if request.method == "POST":
        try:
            if request.POST.get("act") == "password":
                password = accounts.give_new_password(about, by=by, at=timezone.now())
                return _shown(request, about, password)
            ACTS[request.POST.get("act", "")](about, by=by, at=timezone.now())
            return redirect("office:officer", pk)
        except KeyError:
            raise Http404 from None
        except ActRefused as refusal:
            refused = str(refusal)
    return render(request, "office/officer.html", {"about": about, "refused": refused})


def _shown(request: HttpRequest, about: Officer, password: str) -> HttpResponse:
    return render(request, "office/password.html", {"about": about, "password": password})

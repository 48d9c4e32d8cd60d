"""Agencies, as administrators let them in, close them and open them again: two sign each time."""

from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from mekhala.core.vocabulary.places import provinces
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.agencies.models import Agency
from mekhala.safeguards.four_eyes import services as four_eyes
from mekhala.web.casework.fresh import check_fresh_sign_in
from mekhala.web.casework.office.forms import ActForm, AgencyForm
from mekhala.web.casework.office.views import administrator_of
from mekhala.web.casework.refusals import told_in
from mekhala.web.casework.signing_twice import asked_for
from mekhala.web.devices import device_of

ASKED = {"close": "agency.close", "open": "agency.open"}


@login_required
@require_GET
def agencies(request: HttpRequest) -> HttpResponse:
    """List every agency with what it is, where, and how many open accounts it has."""
    administrator_of(request)
    at_work = Count("officers", filter=Q(officers__is_active=True))
    found = Agency.objects.annotate(at_work=at_work).order_by("-is_active", "kind", "code")
    places = provinces()
    rows = [
        {"agency": one, "province": place.name(request.LANGUAGE_CODE) if place else ""}
        for one in found for place in [places.get(one.province_code)]
    ]  # fmt: skip
    return render(request, "office/agencies.html", {"rows": rows})


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Ask for a new agency; an administrator of another agency signs it."""
    by = administrator_of(request)
    form = AgencyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        check_fresh_sign_in(request)
        with told_in(form):
            return _asked(request, by, "agency.new", **form.asked())
    return render(request, "office/new_agency.html", {"form": form})


@login_required
@require_http_methods(["GET", "POST"])
def agency(request: HttpRequest, code: str) -> HttpResponse:
    """Show one agency; ask to close it, or to open it again."""
    by = administrator_of(request)
    about = get_object_or_404(Agency, code=code)
    form = ActForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        kind = ASKED.get(request.POST.get("act", ""))
        if kind is None:
            raise Http404
        check_fresh_sign_in(request)
        with told_in(form):
            because = form.cleaned_data["because"]
            return _asked(request, by, kind, subject=about.code, because=because)
    officers = Officer.objects.filter(agency=about).order_by("username")
    return render(
        request, "office/agency.html", {"about": about, "form": form, "officers": officers}
    )


def _asked(request: HttpRequest, by: Officer, kind: str, **given: str) -> HttpResponse:
    now, device = timezone.now(), device_of(request)
    return asked_for(request, four_eyes.ask(kind, by=by, at=now, device=device, **given))

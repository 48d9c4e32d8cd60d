"""Which holds stand on a file; a hold is set and lifted under two signatures."""

from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Purpose
from mekhala.safeguards.access.queries import purposes_for
from mekhala.safeguards.four_eyes.models import SecondSignature
from mekhala.safeguards.holds import queries, services
from mekhala.safeguards.holds.models import Hold
from mekhala.safeguards.holds.signed_acts import WHO
from mekhala.web.casework.fresh import check_fresh_sign_in
from mekhala.web.casework.holds.forms import HoldForm, LiftForm
from mekhala.web.casework.refusals import told_in
from mekhala.web.casework.second_signatures.views import asked_for
from mekhala.web.devices import device_of
from mekhala.web.officers import officer_of

OPENED_BY = {Purpose.DETERMINATION, Purpose.REGISTRATION, Purpose.JUSTICE}


@login_required
@require_http_methods(["GET", "POST"])
def holds(request: HttpRequest, number: str) -> HttpResponse:
    """Show the holds on a file that is open to the officer, and ask to set or lift one."""
    officer, now = officer_of(request), timezone.localtime()
    _check_open(request, officer, number, now)
    lifting = request.method == "POST" and "hold" in request.POST
    form = HoldForm(request.POST if request.method == "POST" and not lifting else None)
    lift = LiftForm(request.POST if lifting else None)
    used = lift if lifting else form
    if request.method == "POST" and used.is_valid():
        check_fresh_sign_in(request)
        with told_in(used):
            return asked_for(request, _ask(request, officer, number, now, used))
    found = list(queries.of_file(number))
    context = {"number": number, "form": form, "lift": lift, "now": now,
               "standing": [h for h in found if h.stands(now)],
               "ended": [h for h in found if not h.stands(now)]}  # fmt: skip
    return render(request, "holds/holds.html", context)


def _check_open(request: HttpRequest, officer: Officer, number: str, now: datetime) -> None:
    is_case = bool(request.resolver_match and request.resolver_match.url_name == "case")
    if officer.role not in WHO or number.startswith("MK") != is_case:
        raise Http404
    if not purposes_for(officer, number, now=now) & OPENED_BY:
        raise Http404


def _ask(
    request: HttpRequest, officer: Officer, number: str, now: datetime, form: HoldForm | LiftForm
) -> SecondSignature:
    given, device = form.cleaned_data, device_of(request)
    if isinstance(form, LiftForm):
        hold = get_object_or_404(Hold, pk=given["hold"], number=number)
        return services.ask_to_lift(
            hold, because=given["because"], by=officer, at=now, device=device
        )
    return services.ask_to_set(number, **given, by=officer, at=now, device=device)

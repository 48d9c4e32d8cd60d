"""Which holds stand on a file; a hold is set and lifted under two signatures."""

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from mekhala.pathway.justice import queries as justice
from mekhala.safeguards.access.purposes import Purpose, Role
from mekhala.safeguards.audit import services as audit
from mekhala.safeguards.four_eyes.models import SecondSignature
from mekhala.safeguards.holds import queries, services
from mekhala.safeguards.holds.models import Hold
from mekhala.safeguards.holds.signed_acts import WHO
from mekhala.web.casework.cases.frame import opened_case
from mekhala.web.casework.fresh import check_fresh_sign_in
from mekhala.web.casework.holds.forms import HoldForm, LiftForm
from mekhala.web.casework.holds.section import OPENED_BY
from mekhala.web.casework.refusals import told_in
from mekhala.web.casework.signing_twice import asked_for
from mekhala.web.devices import device_of
from mekhala.web.officers import officer_of


@login_required
@require_http_methods(["GET", "POST"])
def of_case(request: HttpRequest, number: str) -> HttpResponse:
    """Show the holds on a case that is open to the officer, and ask to set or lift one."""
    opened = opened_case(request, number, purposes=OPENED_BY)
    if opened.officer.role not in WHO:
        raise Http404
    return _page(request, number, "holds/of_case.html", opened.frame(request.path))


@login_required
@require_http_methods(["GET", "POST"])
def of_proceeding(request: HttpRequest, number: str) -> HttpResponse:
    """Show the holds on a proceeding that is open to the officer, and ask to set or lift one."""
    officer = officer_of(request)
    if officer.role != Role.JUSTICE or not justice.proceedings().filter(number=number).exists():
        raise Http404
    audit.record("justice.opened", subject=number, by=officer, at=timezone.now(),
                 purpose=Purpose.JUSTICE.value)  # fmt: skip
    return _page(request, number, "holds/of_proceeding.html", {"number": number})


def _page(request: HttpRequest, number: str, template: str, frame: dict[str, Any]) -> HttpResponse:
    now = timezone.localtime()
    lifting = request.method == "POST" and "hold" in request.POST
    form = HoldForm(request.POST if request.method == "POST" and not lifting else None)
    lift = LiftForm(request.POST if lifting else None)
    used = lift if lifting else form
    if request.method == "POST" and used.is_valid():
        check_fresh_sign_in(request)
        with told_in(used):
            return asked_for(request, _ask(request, number, now, used))
    found = list(queries.of_file(number))
    shown = {"form": form, "lift": lift, "standing": [h for h in found if h.stands(now)],
             "ended": [h for h in found if not h.stands(now)]}  # fmt: skip
    return render(request, template, frame | shown)


def _ask(
    request: HttpRequest, number: str, now: datetime, form: HoldForm | LiftForm
) -> SecondSignature:
    given, device, officer = form.cleaned_data, device_of(request), officer_of(request)
    if isinstance(form, LiftForm):
        hold = get_object_or_404(Hold, pk=given["hold"], number=number)
        return services.ask_to_lift(
            hold, because=given["because"], by=officer, at=now, device=device
        )
    return services.ask_to_set(number, **given, by=officer, at=now, device=device)

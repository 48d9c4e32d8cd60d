"""A case is closed, opened again, erased at the person's wish; the office sees what is due."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from mekhala.pathway.aftercare import closing
from mekhala.pathway.aftercare.policies import may_support
from mekhala.pathway.encounter.closing import may_close, reopen
from mekhala.pathway.encounter.models import StillOpen
from mekhala.safeguards.access.errors import ActRefused
from mekhala.safeguards.access.purposes import Role
from mekhala.safeguards.retention import queries, services
from mekhala.safeguards.retention.periods import kinds
from mekhala.safeguards.retention.signed_acts import WHO
from mekhala.web.casework.cases.frame import opened_case
from mekhala.web.casework.fresh import check_fresh_sign_in
from mekhala.web.casework.refusals import told_in
from mekhala.web.casework.retention.forms import CloseForm, EraseForm
from mekhala.web.casework.retention.section import OPENED_BY
from mekhala.web.casework.signing_twice import asked_for
from mekhala.web.devices import device_of
from mekhala.web.officers import officer_of


@login_required
@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, number: str) -> HttpResponse:
    """Close a case that the officer leads, or open it again."""
    opened = opened_case(request, number)
    case, by, now = opened.case, opened.officer, opened.now
    if not may_close(case, by, at=now):
        raise Http404
    left_open = [] if case.closed_at else closing.still_open(case)
    form = CloseForm(
        request.POST if request.method == "POST" and not case.closed_at else None,
        still_open=left_open,
    )
    if request.method == "POST" and case.closed_at:
        try:
            reopen(case, by=by, at=now)
        except ActRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The case is open again."))
        return redirect("retention:close", number)
    if form.is_valid():
        with told_in(form):
            closing.close_case(case, by=by, at=now, **form.cleaned_data)
        if not form.errors:
            messages.success(request, _("The case is closed."))
            return redirect("cases:overview", number)
    shown = {
        "form": form, "kinds": [k for k in kinds().values() if k.after == "close"],
        "stays": StillOpen.STAY in left_open,
        "may_support": may_support(by, number, now=now),
    }  # fmt: skip
    return render(request, "retention/close.html", opened.frame(request.path) | shown)


@login_required
@require_http_methods(["GET", "POST"])
def erase(request: HttpRequest, number: str) -> HttpResponse:
    """Ask, at the person's wish, that what is kept of a closed case be erased now."""
    opened = opened_case(request, number, purposes=OPENED_BY)
    if opened.officer.role not in WHO:
        raise Http404
    form = EraseForm(request.POST or None)
    if form.is_valid():
        check_fresh_sign_in(request)
        with told_in(form):
            return asked_for(request, services.ask_to_erase(
                number, because=form.cleaned_data["because"], by=opened.officer,
                at=timezone.localtime(), device=device_of(request),
            ))  # fmt: skip
    shown = {
        "form": form,
        "kept": [k for k in kinds().values() if k.after == "close" and k.own_wish == "kept"],
    }
    return render(request, "retention/erase.html", opened.frame(request.path) | shown)


@login_required
@require_GET
def office(request: HttpRequest) -> HttpResponse:
    """Show administrators what is due, held, erased and overdue: numbers, never a name."""
    if officer_of(request).role != Role.ADMINISTRATOR:
        raise Http404
    shown = {what: queries.told(what) for what in ("coming", "waiting", "held", "erased")}
    return render(request, "retention/office.html", shown | {
        "overdue": queries.overdue(), "kinds": list(kinds().values()),
    })  # fmt: skip

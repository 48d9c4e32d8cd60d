"""Pages for providers: what is asked of them, accepting, declining. No name, no story."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mekhala.pathway.directory.words import language_name
from mekhala.pathway.referral import queries, services
from mekhala.pathway.referral.models import Referral, Requirement
from mekhala.safeguards.access.errors import ActRefused
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Role
from mekhala.web.casework.referral.forms import ArrivalBackForm, AskBackForm, DeclineForm
from mekhala.web.casework.referral.nights import nights_told
from mekhala.web.officers import officer_of

PER_PAGE = 50


@login_required
@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """List what waits for an answer, the soonest to lapse first, and who stays."""
    officer, now = provider_of(request), timezone.now()
    page = Paginator(queries.asked_of(officer), PER_PAGE).get_page(request.GET.get("page"))
    staying = list(queries.staying(officer)[: PER_PAGE + 1])
    shown = {
        "page": page,
        "rows": [told_before(referral, now=now) for referral in page],
        "staying": staying[:PER_PAGE],
        "more_stay": len(staying) > PER_PAGE,
    }
    return render(request, "referral/waiting.html", shown)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, referral_id: int) -> HttpResponse:
    """Show one request with what is told before acceptance; decline it with a reason."""
    officer, now = provider_of(request), timezone.now()
    referral = asked_of_us(officer, referral_id)
    form = DeclineForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            services.decline(referral, form.cleaned_data["reason"], by=officer, at=now)
        except ActRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("referral:waiting")
    return shown_to_us(request, referral, form)


@login_required
@require_POST
def accept(request: HttpRequest, referral_id: int) -> HttpResponse:
    """Accept a request; the case opens to the officer for support."""
    officer, now = provider_of(request), timezone.now()
    referral = asked_of_us(officer, referral_id)
    try:
        services.accept(referral, by=officer, at=now)
    except ActRefused as refusal:
        return shown_to_us(request, referral, DeclineForm(), refusal=str(refusal))
    return redirect("referral:of_case", number=referral.case_id)


def shown_to_us(
    request: HttpRequest, referral: Referral, form: DeclineForm, *, refusal: str = ""
) -> HttpResponse:
    """Show one request with what was asked back of it."""
    told = told_before(referral, now=timezone.now())
    page = {
        "questions": list(referral.questions.all()),
        "back": AskBackForm(),
        "arrival_back": ArrivalBackForm(),
        "taken_back": list(referral.arrivals_taken_back.all()),
        "it": told,
        "referral": referral,
        "form": form,
        "refusal": refusal,
    }
    return render(request, "referral/one.html", page)


def provider_of(request: HttpRequest) -> Officer:
    """Return the officer, who is a provider; for others the page is not there."""
    officer = officer_of(request)
    if officer.role != Role.PROVIDER:
        raise Http404
    return officer


def asked_of_us(officer: Officer, referral_id: int) -> Referral:
    """Return a request to the officer's agency; another is not there."""
    return get_object_or_404(queries.of_agency(officer), pk=referral_id)


def told_before(referral: Referral, *, now: Any) -> dict[str, Any]:
    """Return what a service is told before it accepts, in words (R-13)."""
    unknown = _("Not known")
    return {
        "id": referral.pk,
        "service": referral.service,
        "need": referral.get_need_display(),
        "sex": referral.get_sex_display(),
        "age_band": referral.get_age_band_display(),
        "language": language_name(referral.language) if referral.language else unknown,
        "requirements": [Requirement(code).label for code in referral.requirements],
        "asked_at": referral.asked_at,
        "places": referral.places,
        "nights": nights_told(referral.first_on, referral.last_on),
        "left": _hours_left(referral, now=now),
    }


def _hours_left(referral: Referral, *, now: Any) -> str:
    hours = int((referral.hold_until - now).total_seconds() // 3600)
    if hours < 0:
        return _("Overdue")
    if hours == 0:
        return _("Less than an hour left")
    return ngettext("%(count)d hour left", "%(count)d hours left", hours) % {"count": hours}

"""Pages: what other countries were asked, what came back, in how many days, what is overdue."""

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mekhala.core.vocabulary.countries import country_name
from mekhala.population.institutions import policies, queries, services
from mekhala.population.institutions.models import CooperationRequest
from mekhala.safeguards.access.models import Officer
from mekhala.web.casework.institutions import forms
from mekhala.web.casework.institutions.acting import METHODS, did, form_of, new_line
from mekhala.web.officers import officer_of


@login_required
@require_safe
def requests(request: HttpRequest) -> HttpResponse:
    """List requests, the newest first, with days and what is overdue."""
    officer, today = _reader(request), timezone.localdate()
    page = Paginator(queries.requests(), 50).get_page(request.GET.get("page"))
    shown = {
        "page": page, "listed": [_line(one, today) for one in page],
        "may_ask": policies.may_ask_abroad(officer),
    }  # fmt: skip
    return render(request, "institutions/requests.html", shown)


@login_required
@require_http_methods(METHODS)
def new(request: HttpRequest) -> HttpResponse:
    """Log a request that was sent."""
    return new_line(
        request, forms.RequestForm, policies.may_ask_abroad, services.log_request,
        title=_("A new request"), back=reverse("institutions:requests"),
    )  # fmt: skip


@login_required
@require_http_methods(METHODS)
def request(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one request; keep what came back."""
    _reader(request)
    one = get_object_or_404(queries.requests(), pk=pk)
    waits = one.answered_on is None
    form = form_of(request, forms.AnswerForm, policies.may_ask_abroad) if waits else None
    if did(request, form, lambda **said: services.record_answer(one, **said)):
        return redirect("institutions:request", pk=pk)
    shown = {"line": _line(one, timezone.localdate()), "form": form}
    return render(request, "institutions/request.html", shown)


def _line(one: CooperationRequest, today: date) -> dict[str, Any]:
    return {
        "one": one, "country": country_name(one.country, get_language() or "en"),
        "days": queries.days_taken(one, today), "is_overdue": queries.is_overdue(one, today),
    }  # fmt: skip


def _reader(request: HttpRequest) -> Officer:
    officer = officer_of(request)
    if not policies.may_read_requests(officer):
        raise Http404
    return officer

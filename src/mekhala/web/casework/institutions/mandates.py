"""Pages: who owes what, by which office, since when, and how it came to be so."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mekhala.population.institutions import policies, queries, services
from mekhala.population.institutions.models import Mandate
from mekhala.web.casework.institutions import forms
from mekhala.web.casework.institutions.acting import METHODS, did, form_of, new_line
from mekhala.web.officers import officer_of


@login_required
@require_safe
def mandates(request: HttpRequest) -> HttpResponse:
    """List what is owed now, by body."""
    officer = officer_of(request)
    shown = {
        "listed": list(queries.mandates()), "may_keep": policies.may_keep(officer),
        "may_read_requests": policies.may_read_requests(officer),
    }  # fmt: skip
    return render(request, "institutions/mandates.html", shown)


@login_required
@require_http_methods(METHODS)
def new(request: HttpRequest) -> HttpResponse:
    """Write down a mandate."""
    return new_line(
        request, forms.MandateForm, policies.may_keep, services.record_mandate,
        title=_("A new mandate"), back=reverse("institutions:mandates"),
    )  # fmt: skip


@login_required
@require_http_methods(METHODS)
def mandate(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a mandate as it stands now with all that it replaced; say what is owed instead."""
    one = queries.latest_of(get_object_or_404(Mandate, pk=pk))
    form = form_of(request, forms.MandateChangeForm, policies.may_keep) if not one.ended else None
    if form and not form.is_bound:
        form.initial = {name: getattr(one, name) for name in ("duty", "office", "committee")}
    if did(request, form, lambda **said: services.change_mandate(one, **said)):
        return redirect("institutions:mandate", pk=pk)
    shown = {"one": one, "way": queries.way_of(one), "form": form}
    return render(request, "institutions/mandate.html", shown)

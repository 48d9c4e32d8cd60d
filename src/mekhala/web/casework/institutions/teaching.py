"""Pages: what was taught in each half-year, and what people knew before and after."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mekhala.core.vocabulary.places import provinces
from mekhala.population.institutions import policies, queries, services
from mekhala.population.institutions.models import Taught
from mekhala.web.casework.institutions import forms
from mekhala.web.casework.institutions.acting import METHODS, did, form_of, new_line
from mekhala.web.charts import whole
from mekhala.web.officers import officer_of


@login_required
@require_safe
def teaching(request: HttpRequest) -> HttpResponse:
    """List what was taught, the latest half-year first."""
    page = Paginator(queries.taught(), 50).get_page(request.GET.get("page"))
    shown = {
        "page": page, "listed": [_line(one) for one in page],
        "may_keep": policies.may_keep(officer_of(request)),
    }  # fmt: skip
    return render(request, "institutions/teaching.html", shown)


@login_required
@require_http_methods(METHODS)
def new(request: HttpRequest) -> HttpResponse:
    """Keep what was taught in half a year."""
    return new_line(
        request, forms.TaughtForm, policies.may_keep, services.record_taught,
        title=_("What was taught"), back=reverse("institutions:teaching"),
    )  # fmt: skip


@login_required
@require_http_methods(METHODS)
def taught(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one half-year with the counts told before; tell them anew."""
    one = queries.latest_of(get_object_or_404(Taught, pk=pk))
    form = form_of(request, forms.CorrectionForm, policies.may_keep)
    if form and not form.is_bound:
        form.initial = {name: getattr(one, name) for name in (*services.COUNTS, "source")}
    if did(request, form, lambda **said: services.correct_taught(one, **said)):
        return redirect("institutions:taught", pk=pk)
    way = [_line(each) for each in queries.way_of(one)]
    return render(request, "institutions/taught.html", _line(one) | {"way": way, "form": form})


def _line(one: Taught) -> dict[str, Any]:
    place = provinces().get(one.place_code[:2])
    return {
        "one": one, "place": place.name(get_language() or "en") if place else one.place_code,
        "sessions": _known(one.sessions), "taught": _known(one.taught),
        "before": _of(one.knew_before, one.tested_before),
        "after": _of(one.knew_after, one.tested_after),
    }  # fmt: skip


def _known(count: int | None) -> str:
    return _("Not known") if count is None else whole(count)


def _of(knew: int | None, tested: int | None) -> str:
    if tested is None:
        return _("Not measured, or not known")
    return _("%(knew)d of %(tested)d knew") % {"knew": knew, "tested": tested}

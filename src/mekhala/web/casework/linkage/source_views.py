"""The register of data sources: who reported, who did not, what is covered, what is nested."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mekhala.core.wrong_input import WrongInput
from mekhala.population.linkage import declaring
from mekhala.population.linkage.models import ListDefinition, Nesting
from mekhala.population.linkage.sources import Source, sources
from mekhala.safeguards.access.errors import ActRefused
from mekhala.web.casework.counting import statisticians_only
from mekhala.web.casework.linkage import words
from mekhala.web.casework.linkage.list_forms import DefinitionForm, NestingForm
from mekhala.web.casework.refusals import told_in
from mekhala.web.charts import whole
from mekhala.web.officers import officer_of


@require_safe
@statisticians_only
def register(request: HttpRequest) -> HttpResponse:
    """Show every list that was taken or is agreed on."""
    return _page(request, NestingForm())


@require_http_methods(["GET", "HEAD", "POST"])
@statisticians_only
def define_list(request: HttpRequest) -> HttpResponse:
    """Show whom lists count, in every version; keep the next version of one."""
    form = DefinitionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with told_in(form):
            declaring.define_list(**form.cleaned_data, by=officer_of(request), at=timezone.now())
        if not form.errors:
            return redirect("linkage:define_list")
    shown = {"form": form, "definitions": ListDefinition.objects.all()}
    return render(request, "linkage/definitions.html", shown)


@require_POST
@statisticians_only
def declare_nested(request: HttpRequest) -> HttpResponse:
    """Say that one list is handed on into another."""
    form = NestingForm(request.POST)
    if form.is_valid():
        try:
            declaring.declare_nested(
                form.cleaned_data["inner"], form.cleaned_data["outer"],
                by=officer_of(request), at=timezone.now(),
            )  # fmt: skip
        except (ActRefused, WrongInput) as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("linkage:sources")
    return _page(request, form, status=422)


@require_POST
@statisticians_only
def take_back_nested(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back that one list is handed on into another."""
    declaring.take_back_nested(
        get_object_or_404(Nesting, pk=pk), by=officer_of(request), at=timezone.now()
    )
    messages.success(request, _("Taken back."))
    return redirect("linkage:sources")


def _page(request: HttpRequest, form: NestingForm, status: int = 200) -> HttpResponse:
    found = sources(now=timezone.now())
    page = {
        "sources": [_shown(one) for one in found],
        "silent": [one for one in found if not one.files],
        "nestings": Nesting.objects.all(),
        "form": form,
    }
    return render(request, "linkage/sources.html", page, status=status)


def _shown(one: Source) -> dict[str, object]:
    return {
        "source": one, "records": whole(one.records), "apart": whole(one.apart),
        "stage": words.STAGES.get(one.stage, one.stage) if one.files else _("Not known"),
        "covered": f"{one.covered} / {one.months}" if one.months else "",
        "missing": ", ".join(one.missing[:24]) + (" …" if len(one.missing) > 24 else ""),
        "handed_on": ", ".join(one.handed_on_to),
    }  # fmt: skip

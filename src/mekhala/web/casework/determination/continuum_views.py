"""The continuum from force to free choice: as an officer places it, and as the facts give it."""

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from mekhala.core.reasoning.continuum import STEPS
from mekhala.pathway.determination import queries, services
from mekhala.pathway.determination.models import Degree, DeterminationFile
from mekhala.web.casework.determination.opened_file import framed, opened_file
from mekhala.web.casework.meanings import of_fact
from mekhala.web.casework.refusals import told_in


class DegreeForm(forms.Form):
    """Where an officer places the person's way. Nothing is chosen beforehand."""

    degree = forms.ChoiceField(
        label=_("Where do you place it?"), choices=Degree.choices, widget=forms.RadioSelect,
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def continuum(request: HttpRequest, number: str) -> HttpResponse:
    """Show both places side by side, tell where they differ, keep where an officer places it."""
    opened, file = opened_file(request, number)
    is_open = file.closed_at is None
    form = DegreeForm(request.POST if request.method == "POST" else None) if is_open else None
    if form is not None and form.is_valid():
        with told_in(form):
            services.place_on_continuum(
                file=file, degree=form.cleaned_data["degree"], by=opened.officer, at=opened.now
            )
        if not form.errors:
            return redirect("determination:continuum", number)
    page = framed(opened, file, request.path, form=form, **_places(file))
    return render(request, "determination/continuum.html", page)


def _places(file: DeterminationFile) -> dict[str, object]:
    """Return where an officer placed it and where the facts do, and which fact is missing."""
    answer, placed = queries.assessment(file), queries.volition_of(file.case)
    given = answer["continuum"]
    return {
        "placed": placed, "given": Degree(given).label if given else "",
        "differ": bool(placed and given and placed.degree != given),
        "missing": "" if given else of_fact(_first_unknown(answer["facts"])),
    }  # fmt: skip


def _first_unknown(facts: dict[str, str]) -> str:
    """Return the fact at which the steps of the continuum stop."""
    return next(code for code, _answer, _letter in STEPS if facts.get(code) not in ("yes", "no"))

"""Pages: projects with their status, and what was announced, funded, running and ended, apart."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mekhala.population.institutions import policies, queries, services
from mekhala.population.institutions.models import Project, ProjectCorrection
from mekhala.web.casework.institutions import forms
from mekhala.web.casework.institutions.acting import METHODS, did, form_of, new_line
from mekhala.web.charts import whole
from mekhala.web.officers import officer_of

CORRECTED = ("title", "title_km", "budget", "currency")


@login_required
@require_safe
def projects(request: HttpRequest) -> HttpResponse:
    """List projects by name, with projects and budgets of each status by itself."""
    found = sorted(queries.projects(), key=str)  # by the name it has now
    head: list[Any] = [
        _("Status"), {"text": _("Projects"), "numeric": True}, _("Budgets"),
        {"text": _("Budget not said"), "numeric": True},
    ]  # fmt: skip
    shown = {
        "listed": [(one, next(iter(one.statuses.all()), None)) for one in found],
        "head": head, "totals": [_row(total) for total in queries.totals(found)],
        "may_keep": policies.may_keep(officer_of(request)),
    }  # fmt: skip
    return render(request, "institutions/projects.html", shown)


@login_required
@require_http_methods(METHODS)
def new(request: HttpRequest) -> HttpResponse:
    """Enter a project with its first status."""
    return new_line(
        request, forms.ProjectForm, policies.may_keep, services.record_project,
        title=_("A new project"), back=reverse("institutions:projects"),
    )  # fmt: skip


@login_required
@require_http_methods(METHODS)
def project(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a project with every status it had, who said each and why; say the next."""
    one = get_object_or_404(queries.projects(), pk=pk)
    follows = policies.may_follow(next(iter(one.statuses.all()), None))
    form = form_of(request, forms.StatusForm, policies.may_keep) if follows else None
    if form is not None:
        form.fields["status"].choices = [  # type: ignore[attr-defined]
            (status.value, status.label) for status in follows
        ]
    if did(request, form, lambda **said: services.record_status(one, **said)):
        return redirect("institutions:project", pk=pk)
    return render(
        request,
        "institutions/project.html",
        {
            "one": one, "form": form,
            "way": [*map(_told, one.corrections.all()), _told(one)],
            "may_keep": policies.may_keep(officer_of(request)),
        },
    )  # fmt: skip


@login_required
@require_http_methods(METHODS)
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell title and budget anew, and why; what stood before stays readable."""
    one = get_object_or_404(queries.projects(), pk=pk)
    form = form_of(request, forms.ProjectCorrectionForm, policies.may_keep)
    if form is None:
        raise Http404
    form.initial = {name: getattr(one.corrected, name) for name in CORRECTED}
    if did(request, form, lambda **said: services.correct_project(one, **said)):
        return redirect("institutions:project", pk=pk)
    back = reverse("institutions:project", args=[pk])
    shown = {"title": _("Correct title or budget"), "form": form, "back_url": back}
    return render(request, "institutions/form.html", shown)


def _told(said: Project | ProjectCorrection) -> dict[str, Any]:
    """Return one word on title and budget, with the amount as it is read."""
    return {"said": said, "budget": None if said.budget is None else whole(said.budget)}


def _row(total: queries.Total) -> list[Any]:
    money = ", ".join(f"{whole(amount)} {code}" for code, amount in sorted(total.budgets.items()))
    return [
        total.status.label, {"text": str(total.projects), "numeric": True}, money,
        {"text": str(total.not_said), "numeric": True},
    ]  # fmt: skip

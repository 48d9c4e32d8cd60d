"""Pages: how bodies came to be, which reports they owe, targets and what was reached, policies."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from mekhala.population.institutions import oversight, policies, queries
from mekhala.population.institutions.models import Policy, ReportDue, Target
from mekhala.web.casework.institutions import forms
from mekhala.web.casework.institutions.acting import METHODS, did, form_of, new_line
from mekhala.web.charts import whole
from mekhala.web.officers import officer_of

PAGE = 50


@login_required
@require_safe
def bodies(request: HttpRequest) -> HttpResponse:
    """List what became of bodies, the earliest first."""
    today = queries.names_today()
    return _listed(
        request, "bodies", queries.body_changes(),
        lambda one: {"one": one, "now": today.get(one.into, "")},
    )  # fmt: skip


@login_required
@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """List the reports that bodies owe, with how late they came or are."""
    return _listed(request, "reports", queries.reports(), _report)


@login_required
@require_safe
def targets(request: HttpRequest) -> HttpResponse:
    """List targets beside what was reached."""
    return _listed(request, "targets", queries.targets(), _target)


@login_required
@require_safe
def adopted(request: HttpRequest) -> HttpResponse:
    """List policies with who had a hand in each."""
    return _listed(request, "policies", queries.adopted(), lambda one: {"one": one})


def _listed(
    request: HttpRequest, name: str, found: QuerySet[Any], line: Callable[[Any], dict[str, Any]]
) -> HttpResponse:
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    may_keep = policies.may_keep(officer_of(request))
    shown = {"page": page, "listed": [line(one) for one in page], "may_keep": may_keep}
    return render(request, f"institutions/{name}.html", shown)


@login_required
@require_http_methods(METHODS)
def new_body_change(request: HttpRequest) -> HttpResponse:
    """Write down what became of a body."""
    return new_line(
        request, forms.BodyChangeForm, policies.may_keep, oversight.record_body_change,
        title=_("What became of a body"), back=reverse("institutions:bodies"),
    )  # fmt: skip


@login_required
@require_http_methods(METHODS)
def new_report(request: HttpRequest) -> HttpResponse:
    """Write down that a report is owed."""
    return new_line(
        request, forms.ReportForm, policies.may_keep, oversight.expect_report,
        title=_("A report that is owed"), back=reverse("institutions:reports"),
    )  # fmt: skip


@login_required
@require_http_methods(METHODS)
def new_target(request: HttpRequest) -> HttpResponse:
    """Write down a target of a plan."""
    return new_line(
        request, forms.TargetForm, policies.may_keep, oversight.record_target,
        title=_("A target of a plan"), back=reverse("institutions:targets"),
    )  # fmt: skip


@login_required
@require_http_methods(METHODS)
def new_policy(request: HttpRequest) -> HttpResponse:
    """Write down a law, plan or rule."""
    return new_line(
        request, forms.PolicyForm, policies.may_keep, oversight.record_policy,
        title=_("A law, plan or rule"), back=reverse("institutions:policies"),
    )  # fmt: skip


@login_required
@require_http_methods(METHODS)
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one report; keep the day on which it came."""
    one = get_object_or_404(ReportDue, pk=pk)
    form = form_of(request, forms.CameForm, policies.may_keep) if one.came_on is None else None
    if did(request, form, lambda **said: oversight.record_report_came(one, **said)):
        return redirect("institutions:report", pk=pk)
    return render(request, "institutions/report.html", _report(one) | {"form": form})


@login_required
@require_http_methods(METHODS)
def target(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one target with all that was said of it; say how much is reached now."""
    one = get_object_or_404(queries.targets(), pk=pk)
    form = form_of(request, forms.ReachedForm, policies.may_keep)
    if did(request, form, lambda **said: oversight.record_reached(one, **said)):
        return redirect("institutions:target", pk=pk)
    way = [{"said": said, "count": whole(said.count)} for said in one.reached.all()]
    return render(request, "institutions/target.html", _target(one) | {"way": way, "form": form})


@login_required
@require_http_methods(METHODS)
def policy(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one policy with who had a hand in it; write down another."""
    one = get_object_or_404(Policy.objects.prefetch_related("influences"), pk=pk)
    form = form_of(request, forms.InfluenceForm, policies.may_keep)
    if did(request, form, lambda **said: oversight.record_influence(one, **said)):
        return redirect("institutions:policy", pk=pk)
    return render(request, "institutions/policy.html", {"one": one, "form": form})


def _report(one: ReportDue) -> dict[str, Any]:
    today = timezone.localdate()
    late = queries.days_late(one, today)
    return {"one": one, "told": _lateness(one, late), "is_missing": not one.came_on and late > 0}


def _lateness(one: ReportDue, late: int) -> str:
    """Return in words whether a report came, and by how many days it is late."""
    told = {"day": date_format(one.came_on, "DATE_FORMAT") if one.came_on else "", "days": late}
    if one.came_on is None:
        missing = ngettext(
            "has not come, %(days)d day late", "has not come, %(days)d days late", late
        )
        return missing % told if late > 0 else _("not due yet")
    came = ngettext(
        "came on %(day)s, %(days)d day late", "came on %(day)s, %(days)d days late", late
    )
    return came % told if late > 0 else _("came on %(day)s, in time") % told


def _target(one: Target) -> dict[str, Any]:
    last = next(iter(one.reached.all()), None)
    return {"one": one, "aim": whole(one.aim), "last": last,
            "reached": whole(last.count) if last else "",
            "is_over": one.by_day < timezone.localdate()}  # fmt: skip

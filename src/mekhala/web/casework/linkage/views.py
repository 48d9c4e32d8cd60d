"""Lists, their joining, and the register as counts."""

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mekhala.core.estimation.tables import write_overlaps
from mekhala.core.wrong_input import WrongInput
from mekhala.population.linkage import policies, queries, services
from mekhala.population.linkage.models import AgencyList, Kept, OverlapTable
from mekhala.safeguards.access.errors import ActRefused
from mekhala.web.casework.copies import copy_taken
from mekhala.web.casework.counting import statisticians_only
from mekhala.web.casework.linkage.forms import ListForm, RegisterForm
from mekhala.web.charts import whole

PAGE = 50


@require_safe
@statisticians_only
def overview(request: HttpRequest) -> HttpResponse:
    """Show the lists taken, who is on several, and the years of the register."""
    return _page(request, form=ListForm())


@require_POST
@statisticians_only
def take_list(request: HttpRequest) -> HttpResponse:
    """Take a list, whole or not at all."""
    form = ListForm(request.POST, request.FILES)
    if form.is_valid():
        given = form.cleaned_data
        try:
            taken = services.take_list(
                form.text, given["file"].name, given["source"], by=request.user, at=timezone.now()
            )
        except (ActRefused, WrongInput) as refusal:
            form.add_error(None, str(refusal))
        else:
            said = _("%(source)s: %(records)s records taken, %(without)s without a key.")
            messages.success(request, said % {
                "source": taken.source, "records": whole(taken.records),
                "without": whole(taken.without_key),
            })  # fmt: skip
            return redirect("linkage:overview")
    return _page(request, form=form, status=422)


@require_POST
@statisticians_only
def join(request: HttpRequest) -> HttpResponse:
    """Join all lists anew."""
    try:
        table = services.join(by=request.user, at=timezone.now())
    except ActRefused as refusal:
        messages.error(request, str(refusal))
    else:
        said = _("Joined: %(records)s records are %(people)s people.")
        messages.success(
            request, said % {"records": whole(table.records), "people": whole(table.people)}
        )
    return redirect("linkage:overview")


@require_POST
@statisticians_only
def take_register(request: HttpRequest) -> HttpResponse:
    """Count the register of some years anew."""
    form = RegisterForm(request.POST)
    if form.is_valid():
        years = form.cleaned_data
        try:
            taken = services.take_register(
                years["from_year"], years["to_year"], by=request.user, at=timezone.now()
            )
        except WrongInput as refusal:
            form.add_error(None, str(refusal))
        else:
            said = _("%(people)s people of the register are counted.") % {"people": whole(taken)}
            messages.success(request, said)
            return redirect("linkage:overview")
    return _page(request, register_form=form, status=422)


@require_safe
@statisticians_only
@copy_taken
def overlaps_csv(request: HttpRequest, pk: int) -> HttpResponse:  # noqa: ARG001
    """Hand out an overlap table large enough to leave (R-94); a smaller one is not there."""
    table = get_object_or_404(OverlapTable, pk=pk)
    if not policies.may_leave(table.people):
        raise Http404
    answer = HttpResponse(
        write_overlaps(queries.as_overlaps(table)), content_type="text/csv; charset=utf-8"
    )
    answer.headers["Content-Disposition"] = f'attachment; filename="overlaps-{pk}.csv"'
    return answer


def _page(
    request: HttpRequest, *, form: ListForm | None = None,
    register_form: RegisterForm | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    table = queries.latest_table()
    page = {
        "lists": (lists := _paged(request)),
        "list_rows": [
            (taken, whole(taken.records), whole(taken.rows_apart), _without_key(taken))
            for taken in lists
        ],
        "nested": queries.nested(table.lists) if table else [],
        "table": table,
        "records": whole(table.records) if table else "",
        "people": whole(table.people) if table else "",
        "is_behind": table is not None and queries.is_behind(table),
        "may_leave": table is not None and policies.may_leave(table.people),
        "matrix": matrix_of(table) if table else [],
        "years": queries.years_taken(),
        "form": form or ListForm(),
        "register_form": register_form or RegisterForm(auto_id="register_%s"),
    }
    return render(request, "linkage/overview.html", page, status=status)


def _without_key(taken: AgencyList) -> str:
    return whole(taken.without_key) if taken.kept == Kept.TOKENS else "–"


def _paged(request: HttpRequest) -> Page[AgencyList]:
    return Paginator(queries.lists_taken(), PAGE).get_page(request.GET.get("page"))


def matrix_of(table: OverlapTable) -> list[list[object]]:
    """One row for each list: how many people it shares with every other, small counts not told."""
    shared = queries.shared_by_pairs(table)
    return [
        [one, *({"text": _count(shared.get((one, o), shared.get((o, one), 0))), "numeric": True}
                for o in table.lists)]
        for one in table.lists
    ]  # fmt: skip


def _count(people: int) -> str:
    if 0 < people < queries.SMALL:
        return _("fewer than %(small)s") % {"small": queries.SMALL}
    return whole(people)

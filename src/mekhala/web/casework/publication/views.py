"""Looking at a year's table as it would be released, and releasing it for good."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mekhala.population.linkage import queries as linkage
from mekhala.population.publication import queries, services, words
from mekhala.population.publication.concepts import CONCEPTS
from mekhala.population.publication.drafts import Draft
from mekhala.safeguards.access.errors import ActRefused
from mekhala.web import figures as reading
from mekhala.web.casework.counting import statisticians_only
from mekhala.web.casework.publication.forms import ReleaseForm, YearForm
from mekhala.web.charts import whole

PAGE = 50


@require_safe
@login_required
def figures(request: HttpRequest) -> HttpResponse:
    """Show the latest released table, as the public sees it."""
    table = queries.released().first()
    page = reading.page_of(table) if table else {}
    return render(request, "publication/figures.html", page)


@require_safe
@login_required
def definitions(request: HttpRequest) -> HttpResponse:
    """Show what each count means, with the version of its definition."""
    listed = [{"concept": one, "address": reverse(one.page)} for one in CONCEPTS]
    return render(request, "publication/definitions.html", {"listed": listed})


@require_safe
@statisticians_only
def releases(request: HttpRequest) -> HttpResponse:
    """List the released tables."""
    page = Paginator(queries.released(), PAGE).get_page(request.GET.get("page"))
    return render(request, "publication/releases.html", {"tables": page})


@require_safe
@statisticians_only
def one(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one released table."""
    table = get_object_or_404(queries.released(), slug=slug)
    return render(request, "publication/figures.html", reading.page_of(table))


@require_http_methods(["GET", "HEAD", "POST"])
@statisticians_only
def new(request: HttpRequest) -> HttpResponse:
    """Choose a year, look at its table with what is withheld and why, release it."""
    if request.method == "POST":
        return _release(request)
    years = YearForm(request.GET or None, years=linkage.years_taken())
    if not years.is_bound or not years.is_valid():
        return _page(request, years=years)
    try:
        draft = services.build_table(
            years.cleaned_data["year"], by=request.user, on=timezone.localdate()
        )
    except ActRefused as refusal:
        years.add_error(None, str(refusal))
        return _page(request, years=years)
    return _page(request, years=years, draft=draft)


def _release(request: HttpRequest) -> HttpResponse:
    form = ReleaseForm(request.POST)
    draft, now, on = None, timezone.now(), timezone.localdate()
    if "year" in form.data and form.data["year"].isdigit():
        try:
            draft = services.build_table(int(form.data["year"]), by=request.user, on=on)
            if form.is_valid():
                seen = form.cleaned_data["seen"]
                table = services.release(draft, by=request.user, at=now, on=on, seen=seen)
                return redirect("publication:one", slug=table.slug)
        except ActRefused as refusal:
            form.full_clean()
            form.add_error(None, str(refusal))
    return _page(request, draft=draft, form=form, status=422)


def _page(
    request: HttpRequest, *, years: YearForm | None = None, draft: Draft | None = None,
    form: ReleaseForm | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    if draft and form is None:
        form = ReleaseForm(initial={"year": draft.year, "seen": draft.fingerprint})
    page = {
        "years": years or YearForm(years=linkage.years_taken()),
        "has_years": bool(linkage.years_taken()),
        "draft": draft,
        "form": form,
        "rows": _rows(draft) if draft else [],
        "people": whole(draft.people) if draft else "",
        "withheld": draft.withheld if draft else {},
    }
    return render(request, "publication/new.html", page, status=status)


def _rows(draft: Draft) -> list[list[object]]:
    """Every cell with its count, or why it is withheld. The counts withheld are not shown."""
    why = {"small": _("Hidden: a small count"), "protects": _("Hidden: protects a small count")}
    rows: list[list[object]] = []
    for cell, reason in zip(draft.cells, draft.reasons, strict=True):
        names = [words.label_of(d, c) for d, c in cell.items() if d != "count"]
        text = why[reason] if reason else whole(cell["count"])
        rows.append([", ".join(names) or _("Everybody"), {"text": text, "numeric": True}])
    return rows

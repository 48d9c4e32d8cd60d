"""Tables of sentences: the list, adding one, and what one shows."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mekhala.core.wrong_input import WrongInput
from mekhala.population.courts import queries, services
from mekhala.safeguards.access.errors import ActRefused
from mekhala.web.casework.copies import copy_taken
from mekhala.web.casework.counting import statisticians_only
from mekhala.web.casework.courts import sentence_tables
from mekhala.web.casework.courts.forms import TableForm
from mekhala.web.officers import officer_of


@require_safe
@statisticians_only
def tables(request: HttpRequest) -> HttpResponse:
    """List the tables that are kept, and offer the register's closed years."""
    year = timezone.localdate().year - 1
    return render(request, "courts/tables.html", {"tables": queries.files(), "year": year})


@require_http_methods(["GET", "POST"])
@statisticians_only
def add(request: HttpRequest) -> HttpResponse:
    """Take in a file, the whole of it or nothing."""
    sent = request.method == "POST"
    form = TableForm(request.POST, request.FILES) if sent else TableForm()
    if sent and form.is_valid():
        text, name = form.cleaned_data["file"]
        try:
            made = services.load_table(
                text, name, by=officer_of(request), at=timezone.now(),
                **{key: form.cleaned_data[key] for key in ("mapping", "title", "source")},
            )  # fmt: skip
        except (ActRefused, WrongInput) as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("courts:table", made.pk)
    return render(request, "courts/add.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
@statisticians_only
def take(request: HttpRequest) -> HttpResponse:
    """Take the convictions of the register up to the end of last year."""
    now = timezone.now()
    year = timezone.localdate(now).year - 1
    try:
        made = services.take_register(last_year=year, by=officer_of(request), at=now)
    except (ActRefused, WrongInput) as refusal:
        messages.error(request, str(refusal))
        return redirect("courts:tables")
    return redirect("courts:table", made.pk)


@require_safe
@statisticians_only
def table(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what one table says, group by group, with its limits."""
    kept = get_object_or_404(queries.files(), pk=pk)
    return render(request, "courts/table.html", {"table": kept, **sentence_tables.page(kept)})


@require_safe
@statisticians_only
@copy_taken
def table_file(_request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out what one table says; never its rows."""
    kept = get_object_or_404(queries.files(), pk=pk)
    answer = HttpResponse(sentence_tables.as_csv(kept), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="sentences-{kept.pk}.csv"'
    return answer

"""Page: the answers to a version, counted; and the same as a file. No answer is opened for it."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from mekhala.core.table_cells import csv_text
from mekhala.forms.models import FormVersion
from mekhala.intake.answer_counts import agencies_counted, counts_of
from mekhala.intake.use import may_see_use
from mekhala.safeguards.agencies.models import Agency
from mekhala.web.casework.copies import copy_taken
from mekhala.web.officers import officer_of

HEAD = ["agency", "form_id", "version", "question", "answered", "code", "choice", "times"]


@login_required
@require_GET
def counted(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how often each choice was answered: of one's agency; for the authority, of each."""
    found = _version(request, pk)
    agency = _agency(request, found)
    return render(
        request, "forms/counted.html",
        {"version": found, "agency": agency, "agencies": agencies_counted(found),
         "questions": counts_of(found, agency) if agency else []},
    )  # fmt: skip


@login_required
@require_GET
@copy_taken
def as_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out the same figures as CSV, with the same left out."""
    found = _version(request, pk)
    agency = _agency(request, found)
    rows = [
        [agency.code, found.form.form_id, found.version, told.question, told.answered, *choice]
        for told in counts_of(found, agency) for choice in told.choices
    ] if agency else []  # fmt: skip
    answer = HttpResponse(
        "\ufeff" + csv_text([HEAD, *rows]), content_type="text/csv; charset=utf-8"
    )
    answer.headers["Content-Disposition"] = f'attachment; filename="answers-{found.pk}.csv"'
    return answer


def _agency(request: HttpRequest, version: FormVersion) -> Agency | None:
    """Return the agency asked for, else the first with counts; None where nothing is counted."""
    there = agencies_counted(version)
    asked = request.GET.get("agency", "")
    return get_object_or_404(there, code=asked) if asked else there.first()


def _version(request: HttpRequest, pk: int) -> FormVersion:
    if not may_see_use(officer_of(request)):
        raise Http404
    found = FormVersion.objects.select_related("form").defer("source")
    return get_object_or_404(found, pk=pk)

"""One list: taking its file, what was accepted and kept apart, how it is read, ending it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mekhala.core.matching.mapping import ColumnMapping, read_mapping, same_names, shipped
from mekhala.core.matching.records import COLUMNS
from mekhala.core.matching.taking.files import Given, digest_of, found_table, survey
from mekhala.core.matching.taking.proposing import left_out, proposed
from mekhala.core.wrong_input import WrongInput
from mekhala.population.linkage import declaring, importing, queries
from mekhala.population.linkage.models import AgencyList, Kept
from mekhala.safeguards.access.errors import ActRefused
from mekhala.web.casework.copies import copy_taken
from mekhala.web.casework.counting import statisticians_only
from mekhala.web.casework.linkage import words
from mekhala.web.casework.linkage.list_forms import HeaderForm, MappingForm, TakeForm
from mekhala.web.charts import whole
from mekhala.web.officers import officer_of

PAGE = 50


@statisticians_only
def new_list(request: HttpRequest) -> HttpResponse:
    """Show the form for a file; take every row of it, or say why none was."""
    form = TakeForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            taken = _take(request, form)
        except (ActRefused, WrongInput) as refusal:
            form.add_error(None, str(refusal))
        else:
            said = _("%(records)s records taken and sealed, %(apart)s rows kept apart.")
            told = {"records": whole(taken.records), "apart": whole(taken.rows_apart)}
            messages.success(request, said % told)
            return redirect("linkage:list", pk=taken.pk)
    return render(
        request, "linkage/new_list.html", {"form": form}, status=422 if form.errors else 200
    )


def _take(request: HttpRequest, form: TakeForm) -> AgencyList:
    told = form.cleaned_data
    said = importing.Said(
        period_from=told["period_from"], period_until=told["period_until"],
        stage=told["stage"] or None, is_distinct=told["is_distinct"] or None,
    )  # fmt: skip
    by = officer_of(request)
    if _is_pair_numbers(form.given):
        return _take_pairs(form.given, told["source"], said, by=by)
    if _is_tokens(form.given):
        return _take_tokens(form.given, told["source"], said, by=by)
    mapping = _mapping(told["mapping"], told["source"])
    surveyed = survey(found_table(form.given, mapping))
    return importing.take_file(surveyed, told["source"], said, by=by, clock=timezone.now)


def _is_pair_numbers(given: Given) -> bool:
    from mekhala.core.matching.encoding.pair_numbers import MARK, is_pair_numbers

    with given.open() as file:
        return is_pair_numbers(file.read(len(MARK)))


def _is_tokens(given: Given) -> bool:
    from mekhala.core.matching.encoding.token_file import MARK  # numpy: when asked

    with given.open() as file:
        return file.read(len(MARK)) == MARK.encode()


def _take_tokens(given: Given, source: str, said: importing.Said, *, by: Any) -> AgencyList:
    from mekhala.core.matching.encoding.token_rows import token_records

    for _row in token_records(given.open(), given.name, source)[1]:  # all are whole, or none kept
        pass
    made_by, rows = token_records(given.open(), given.name, source)
    return importing.take_tokens(
        rows, digest_of(given), made_by, source, said, by=by, clock=timezone.now
    )


def _take_pairs(given: Given, source: str, said: importing.Said, *, by: Any) -> AgencyList:
    from mekhala.core.matching.encoding.pair_numbers import pair_records  # numpy: when asked

    said_over, rows = pair_records(given.open(), given.name, source)
    return importing.take_pairs(
        rows, digest_of(given), said_over, source, said, by=by, clock=timezone.now
    )


def _mapping(name: str, source: str) -> ColumnMapping:
    if name:
        return shipped()[name]
    kept = queries.mapping_kept(source)
    if kept is not None:
        return read_mapping(kept, "mapping")
    return shipped().get(source, same_names())


@statisticians_only
def propose(request: HttpRequest) -> HttpResponse:
    """Look at a file's header and show the mapping it would be read by; nothing is taken."""
    form = HeaderForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            page = _proposed(form)
        except WrongInput as wrong:
            form.add_error(None, str(wrong))
        else:
            return render(request, "linkage/proposed.html", page)
    return render(
        request, "linkage/propose.html", {"form": form}, status=422 if form.errors else 200
    )


def _proposed(form: HeaderForm) -> dict[str, Any]:
    mapping = proposed(form.given)
    table = found_table(form.given, mapping)
    places = mapping.places(table.header)
    return {
        "pairs": [(c, table.header[places[c]]) for c in COLUMNS if c in places],
        "left_out": left_out(form.given, mapping),
        "form": MappingForm(initial={"source": form.cleaned_data["source"], "text": mapping.text}),
    }


@require_POST
@statisticians_only
def keep_mapping(request: HttpRequest) -> HttpResponse:
    """Keep a mapping for a list."""
    form = MappingForm(request.POST)
    if form.is_valid():
        told = form.cleaned_data
        try:
            declaring.keep_mapping(
                told["source"], told["text"], by=officer_of(request), at=timezone.now()
            )
        except (ActRefused, WrongInput) as refusal:
            form.add_error(None, str(refusal))
        else:
            said = _("The mapping is kept for the list %(list)s. Choose the file to take it.")
            messages.success(request, said % {"list": told["source"]})
            return redirect("linkage:new_list")
    return render(request, "linkage/proposed.html", {"form": form}, status=422)


@require_safe
@statisticians_only
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one list: rows accepted and kept apart, columns filled, months, how it was read."""
    taken = get_object_or_404(queries.lists_taken(), pk=pk)
    covered = queries.coverage(taken)
    apart = Paginator(queries.rows_apart(taken), PAGE).get_page(request.GET.get("page"))
    page = {
        "list": taken,
        "records": whole(taken.records), "apart": whole(taken.rows_apart),
        "rows": whole(taken.rows_read),
        "reasons": [(words.REASONS.get(why, why), whole(n), words.WHAT_TO_DO.get(why, ""))
                    for why, n in queries.reasons_apart(taken)],
        "unread": [(column, words.UNREAD.get(why, why), whole(count), words.WHAT_TO_DO.get(why, ""))
                   for column, whys in sorted(taken.unread.items()) for why, count in whys.items()],
        "filled": [(c, whole(taken.filled[c]), _share(taken.filled[c], taken.records))
                   for c in COLUMNS if taken.filled.get(c)],
        "compared": _compared(taken),
        "covered": covered, "months": [(m, _few(n)) for m, n in sorted(taken.months.items())],
        "page": apart,
        "apart_rows": [(row.row, row.column, words.REASONS.get(row.reason, row.reason))
                       for row in apart],
    }  # fmt: skip
    return render(request, "linkage/list.html", page)


def _compared(taken: AgencyList) -> list[tuple[str, str]]:
    """Which lists an agency compared with its own at home, and how many records of each."""
    if taken.kept != Kept.PAIRS:
        return []
    return [(name, whole(count)) for name, count in sorted(taken.made_by["compared"].items())]


def _share(part: int, of: int) -> str:
    return f"{100 * part / of:.0f} %" if of else ""


def _few(count: int) -> str:
    """A count of people as a page writes it: below ten not exactly."""
    if count < queries.SMALL:
        return _("fewer than %(small)s") % {"small": queries.SMALL}
    return whole(count)


@require_safe
@statisticians_only
@copy_taken
def apart_csv(request: HttpRequest, pk: int) -> HttpResponse:  # noqa: ARG001
    """Hand out the rows kept apart, to go back to the agency: numbers of rows and reasons."""
    taken = get_object_or_404(AgencyList, pk=pk)
    answer = HttpResponse(queries.apart_csv(taken), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="kept-apart-{pk}.csv"'
    return answer


@statisticians_only
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask whether the records of a list are to go for good; throw them away."""
    taken = get_object_or_404(AgencyList.objects.exclude(number=""), pk=pk, erased_at=None)
    if request.method == "POST":
        try:
            declaring.end_list(taken, by=officer_of(request), at=timezone.now())
        except ActRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The records are gone for good; the counts stay."))
        return redirect("linkage:list", pk=pk)
    return render(request, "linkage/end.html", {"list": taken, "records": whole(taken.records)})

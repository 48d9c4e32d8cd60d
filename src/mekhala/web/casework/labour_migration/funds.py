"""Pages of village funds: the open ledger."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mekhala.pathway.labour_migration import funds as acts
from mekhala.pathway.labour_migration import policies, queries
from mekhala.pathway.labour_migration.models import FundEntry
from mekhala.web.casework.labour_migration import fund_forms
from mekhala.web.casework.labour_migration.acting import acted
from mekhala.web.officers import officer_of

METHODS = ["GET", "HEAD", "POST"]


@login_required
@require_safe
def funds(request: HttpRequest) -> HttpResponse:
    """List funds with what each holds, what is lent, what is overdue."""
    officer, today = officer_of(request), timezone.localdate()
    listed = []
    for one in queries.funds():
        lines = list(one.entries.all())
        loans = queries.loans(lines)
        listed.append({
            "fund": one, "holds": queries.balance(lines), "owed": sum(x.owed for x in loans),
            "overdue": sum(x.is_overdue(today) for x in loans),
        })  # fmt: skip
    shown = {"listed": listed, "may_open": policies.takes_complaints(officer)}
    return render(request, "recruitment/funds.html", shown)


@login_required
@require_http_methods(METHODS)
def new(request: HttpRequest) -> HttpResponse:
    """Open a fund that the officer's agency keeps."""
    officer = officer_of(request)
    if not policies.takes_complaints(officer):
        raise Http404
    form = fund_forms.FundForm(request.POST if request.method == "POST" else None)
    if acted(form, lambda: acts.open_fund(**form.cleaned_data, by=officer, at=timezone.now())):
        return redirect("recruitment:funds")
    shown = {"title": _("A new fund"), "form": form, "back_url": reverse("recruitment:funds")}
    return render(request, "recruitment/form.html", shown)


@login_required
@require_http_methods(METHODS)
def fund(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a fund's ledger and loans; its keeper adds a line."""
    officer, today = officer_of(request), timezone.localdate()
    one = get_object_or_404(queries.funds(), pk=pk)
    keeps = one.keeper_id == officer.agency_id and policies.takes_complaints(officer)
    form = fund_forms.EntryForm(request.POST if request.method == "POST" and keeps else None)
    if acted(form, lambda: acts.enter(one, **form.cleaned_data, by=officer, at=timezone.now())):
        return redirect("recruitment:fund", pk=pk)
    lines = list(one.entries.all())
    shown = {
        "one": one, "keeps": keeps, "form": form, "holds": queries.balance(lines),
        "loan_head": [_("Loan"), _("Lent on"), _("Riel"), _("Still owed"), _("Repaid by")],
        "loans": [_loan(x, today) for x in queries.loans(lines)],
        "head": [_("Day"), _("What moved"), _("Loan"), {"text": _("Riel"), "numeric": True},
                 _("Note")],
        "lines": _lines(lines, keeps=keeps),
    }  # fmt: skip
    return render(request, "recruitment/fund.html", shown)


@login_required
@require_http_methods(METHODS)
def take_back(request: HttpRequest, pk: int, line: int) -> HttpResponse:
    """Take a wrong line back, with a reason."""
    officer = officer_of(request)
    found = FundEntry.objects.select_related("fund")
    one = get_object_or_404(found, pk=line, fund_id=pk, takes_back=None)
    if one.fund.keeper_id != officer.agency_id or not policies.takes_complaints(officer):
        raise Http404
    form = fund_forms.TakeBackForm(request.POST if request.method == "POST" else None)
    if acted(form, lambda: acts.take_back(
        one, **form.cleaned_data, by=officer, at=timezone.now()
    )):  # fmt: skip
        return redirect("recruitment:fund", pk=pk)
    said = {"day": date_format(one.on, "DATE_FORMAT"), "what": one.get_kind_display(),
            "riel": f"{one.riel:,}"}  # fmt: skip
    shown = {"title": _("Take back the line of %(day)s: %(what)s, %(riel)s riel") % said,
             "form": form, "back_url": reverse("recruitment:fund", args=[pk])}  # fmt: skip
    return render(request, "recruitment/form.html", shown)


def _lines(lines: list[FundEntry], *, keeps: bool) -> list[list[Any]]:
    """Return the rows of a ledger; the keeper may take back what still stands."""
    known = {e.pk: e for e in lines}
    back = {e.takes_back_id: e for e in lines if e.takes_back_id}
    rows = []
    for e in lines:
        if e.takes_back_id:
            note = _takes_back(e, known[e.takes_back_id])
        elif e.pk in back:
            note = _("Taken back on %(day)s") % {"day": date_format(back[e.pk].on, "DATE_FORMAT")}
        else:
            note = _link_back(e) if keeps else ""
        rows.append([date_format(e.on, "DATE_FORMAT"), e.get_kind_display(), e.loan,
                     {"text": f"{e.riel:,}", "numeric": True}, note])  # fmt: skip
    return rows


def _takes_back(line: FundEntry, wrong: FundEntry) -> str:
    return _("Takes back the line of %(day)s: %(what)s. %(reason)s") % {
        "day": date_format(wrong.on, "DATE_FORMAT"), "what": wrong.get_kind_display(),
        "reason": line.reason,
    }  # fmt: skip


def _link_back(line: FundEntry) -> str:
    address = reverse("recruitment:take_back", args=[line.fund_id, line.pk])
    return format_html(
        '<a class="govuk-link" href="{}">{}<span class="govuk-visually-hidden"> {}, {}</span></a>',
        address, _("Take back"), date_format(line.on, "DATE_FORMAT"), f"{line.riel:,}",
    )  # fmt: skip


def _loan(one: queries.Loan, today: Any) -> list[Any]:
    due = date_format(one.due_on, "DATE_FORMAT") if one.due_on else _("No day agreed")
    if one.is_overdue(today):
        due = _("Overdue since %(day)s") % {"day": due}
    return [one.number, date_format(one.lent_on, "DATE_FORMAT"),
            {"text": f"{one.lent:,}", "numeric": True},
            {"text": f"{one.owed:,}", "numeric": True}, due]  # fmt: skip

"""Pages of redress: everything owed, asked and told in one file, and an act on each page.

A case and a proceeding have the same pages; what each officer sees of them the database decides.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from django import forms as django_forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from mekhala.pathway.justice import policies as justice
from mekhala.pathway.justice.models import Proceeding
from mekhala.pathway.redress import policies, queries, services
from mekhala.pathway.redress.models import LegalAid, Measure, Owed
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Purpose, Role
from mekhala.safeguards.audit import services as audit
from mekhala.web.casework.cases.frame import opened_case
from mekhala.web.casework.redress import forms
from mekhala.web.casework.refusals import told_in

METHODS = ["GET", "HEAD", "POST"]
HELPING = frozenset({Purpose.REGISTRATION, Purpose.SUPPORT})


@dataclass(frozen=True)
class File:
    """A case or a proceeding that is open to the officer; ``linked``: the case it speaks of."""

    number: str
    of: str  # case | proceeding
    officer: Officer
    now: datetime
    frame: dict[str, Any] = field(default_factory=dict)
    linked: str = ""

    @property
    def page(self) -> str:
        """The address of its page of redress."""
        return reverse(f"redress:{self.of}", args=[self.number])

    def to_add(self, what: str) -> str:
        """Return the address where something is added."""
        return reverse(f"redress:add_to_{self.of}", args=[self.number, what])

    def to_act(self, row: str, act: str) -> str:
        """Return the address of an act on a row."""
        return reverse(f"redress:act_in_{self.of}", args=[self.number, row, act])


class Adding(NamedTuple):
    """What can be added: its form, words, act, and in which files."""

    form: type[django_forms.Form]
    heading: Any
    act: Callable[..., Any]
    only_in: str = ""


ADD: dict[str, Adding] = {
    "money": Adding(forms.MoneyForm, _("Add money owed"), services.record_owed),
    "measure": Adding(forms.MeasureForm, _("Add a protective measure"), services.ask_measure),
    "lawyer": Adding(forms.LegalAidForm, _("Ask for a lawyer"), services.ask_legal_aid),
    "right": Adding(forms.RightForm, _("Record a right that was told"), services.tell_right),
    "plan": Adding(
        forms.PlanForm, _("Plan how somebody is heard"), services.plan_witness, "proceeding"
    ),
}
ACTS: dict[str, tuple[Any, type[django_forms.Form], Any, Callable[..., Any]]] = {
    "payment": (Owed, forms.PaymentForm, _("Record a payment"), services.record_payment),
    "end": (Owed, forms.EndForm, _("End what is asked for"), services.end_owed),
    "answer": (Measure, forms.AnswerForm, _("Record the answer"), services.answer_measure),
    "assign": (LegalAid, forms.AssignForm, _("Record the lawyer"), services.assign_lawyer),
    "close": (LegalAid, forms.DayForm, _("End legal aid"), services.end_legal_aid),
}
TO_CASE = "show"


@login_required
def of_case(request: HttpRequest, number: str) -> HttpResponse:
    """Show what is owed, asked and told in a case."""
    return _page(request, _case(request, number))


@login_required
def of_proceeding(request: HttpRequest, number: str) -> HttpResponse:
    """Show what is owed, asked and told in a proceeding."""
    return _page(request, _proceeding(request, number))


@login_required
@require_http_methods(METHODS)
def add_to_case(request: HttpRequest, number: str, what: str) -> HttpResponse:
    """Add something to a case."""
    return _add(request, _case(request, number), what)


@login_required
@require_http_methods(METHODS)
def add_to_proceeding(request: HttpRequest, number: str, what: str) -> HttpResponse:
    """Add something to a proceeding."""
    return _add(request, _proceeding(request, number), what)


@login_required
@require_http_methods(METHODS)
def act_in_case(request: HttpRequest, number: str, row: str, act: str) -> HttpResponse:
    """Act on a row seen from a case."""
    return _act(request, _case(request, number), row, act)


@login_required
@require_http_methods(METHODS)
def act_in_proceeding(request: HttpRequest, number: str, row: str, act: str) -> HttpResponse:
    """Act on a row of a proceeding."""
    return _act(request, _proceeding(request, number), row, act)


def _case(request: HttpRequest, number: str) -> File:
    opened = opened_case(request, number, purposes=HELPING)
    if opened.officer.role not in policies.HELPERS:
        raise Http404
    frame = opened.frame(reverse("redress:case", args=[number]))
    return File(number, "case", opened.officer, opened.now, {"parent": "cases/case.html"} | frame)


def _proceeding(request: HttpRequest, number: str) -> File:
    officer, now = request.user, timezone.now()
    assert isinstance(officer, Officer)
    if officer.role != Role.JUSTICE:
        raise Http404
    found = get_object_or_404(Proceeding, number=number)
    audit.record(
        "justice.opened", subject=number, by=officer, at=now, purpose=Purpose.JUSTICE.value,
        page="redress",
    )  # fmt: skip
    case = str(found.case_id or "")
    linked = case if case and justice.may_link(case, agency=officer.agency.code, now=now) else ""
    frame = {"parent": "redress/of_proceeding.html", "number": number}
    return File(number, "proceeding", officer, now, frame, linked)


def _page(request: HttpRequest, file: File) -> HttpResponse:
    today = timezone.localdate(file.now)
    accounts = queries.accounts(file.number, today=today)
    rights = queries.rights(file.number)
    shown = {
        "accounts": [(one, _acts_of(file, one)) for one in accounts],
        "totals": queries.totals(accounts).items(),
        "measures": [(m, _answers(file, m)) for m in queries.measures(file.number)],
        "lawyers": [(aid, _acts_of_aid(file, aid)) for aid in queries.legal_aid(file.number)],
        "plans": queries.witness_plans(file.number) if file.of == "proceeding" else None,
        "rights": rights, "told": sum(1 for _right, told in rights if told),
        "add": {what: file.to_add(what) for what in ADD}, "today": today, "file": file,
    }  # fmt: skip
    return render(request, "redress/file.html", file.frame | shown)


def _acts_of(file: File, account: queries.Account) -> list[tuple[str, Any]]:
    """Return what can be done with a sum; what justice keeps is only paid into from a case."""
    row = account.owed
    if account.is_replaced or row.ended_on or account.paid_in_full_on:
        return []
    acts = [(file.to_act(row.pk, "payment"), _("Record a payment"))] if account.open > 0 else []
    if row.file_number == file.number:
        acts.append((file.to_act(row.pk, "end"), _("End what is asked for")))
    if file.linked:
        acts.append((file.to_act(row.pk, TO_CASE), _("Show to who supports the person")))
    return acts


def _answers(file: File, measure: Measure) -> list[tuple[str, Any]]:
    acts: list[tuple[str, Any]] = []
    if measure.file_number == file.number and measure.granted is None:
        acts.append((file.to_act(measure.pk, "answer"), _("Record the answer")))
    if file.linked:
        acts.append((file.to_act(measure.pk, TO_CASE), _("Show to who supports the person")))
    return acts


def _acts_of_aid(file: File, aid: LegalAid) -> list[tuple[str, Any]]:
    if aid.file_number != file.number or aid.ended_on:
        return []
    last = (file.to_act(aid.pk, "close"), _("End legal aid"))
    first = (file.to_act(aid.pk, "assign"), _("Record the lawyer"))
    return [last] if aid.assigned_on else [first, last]


def _add(request: HttpRequest, file: File, what: str) -> HttpResponse:
    adding = ADD.get(what)
    if adding is None or adding.only_in not in ("", file.of):
        raise Http404
    more: dict[str, Any] = {}
    if what == "money":
        more["standing"] = queries.of_file(Owed, file.number).filter(
            ended_on=None, replaced_by=None
        )
    form = adding.form(request.POST or None, **more)

    def act() -> None:
        said = form.cleaned_data
        adding.act(file.number, **said, by=file.officer, at=file.now)

    return _form(request, file, form, act, adding.heading)


def _act(request: HttpRequest, file: File, row: str, act: str) -> HttpResponse:
    if act == TO_CASE:
        return _show(request, file, row)
    if act not in ACTS:
        raise Http404
    model, form_class, heading, does = ACTS[act]
    found = get_object_or_404(queries.of_file(model, file.number), pk=row)
    form = form_class(request.POST or None)
    return _form(
        request, file, form,
        lambda: does(found, **form.cleaned_data, by=file.officer, at=file.now), heading,
    )  # fmt: skip


def _show(request: HttpRequest, file: File, row: str) -> HttpResponse:
    """Let who supports the person see a row of the proceeding from her case."""
    rows = (queries.of_file(model, file.number).filter(pk=row).first() for model in (Owed, Measure))
    found = next((one for one in rows if one is not None), None)
    if found is None or not file.linked:
        raise Http404
    form = forms.ConfirmForm(request.POST if request.method == "POST" else None)
    return _form(
        request, file, form,
        lambda: services.show_from_case(found, file.linked, by=file.officer, at=file.now),
        _("Show to who supports the person"),
    )  # fmt: skip


def _form(
    request: HttpRequest, file: File, form: Any, act: Callable[[], Any], heading: Any
) -> HttpResponse:
    if form.is_valid():
        with told_in(form):
            act()
        if not form.errors:
            return redirect(file.page)
    shown = {"form": form, "heading": heading, "back": file.page}
    return render(request, "redress/act.html", file.frame | shown)

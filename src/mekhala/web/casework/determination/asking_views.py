"""Asking for a fact before the file is read, taking the question back, and answering it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from mekhala.pathway.determination import queries, services
from mekhala.pathway.determination.models import FactRequest
from mekhala.safeguards.access.errors import ActRefused
from mekhala.web.casework.cases.frame import opened_case
from mekhala.web.casework.determination.asking_forms import AnswerForm, AskForm
from mekhala.web.casework.determination.evidence_words import asked_in_words
from mekhala.web.casework.determination.opened_file import framed, opened_file
from mekhala.web.casework.determination.section import ANSWERED_UNDER
from mekhala.web.casework.meanings import of_fact
from mekhala.web.casework.refusals import told_in


@login_required
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, number: str) -> HttpResponse:
    """Ask for a fact: of who screened or referred the person, or of the authority itself."""
    opened, file = opened_file(request, number)
    form = AskForm(
        request.POST or None, officers=queries.who_may_answer(file),
        initial={"code": request.GET.get("code", "")},
    )  # fmt: skip
    if form.is_valid():
        with told_in(form):
            services.ask_for_fact(file=file, by=opened.officer, at=opened.now, **form.told())
        if not form.errors:
            messages.success(request, _("The question was asked. The file waits for the answer."))
            return redirect("determination:facts", number)
    asked = asked_in_words(queries.requests_of(file), file)
    page = framed(opened, file, form=form, asked=asked)
    return render(request, "determination/ask.html", page)


@login_required
@require_POST
def take_back(request: HttpRequest, number: str, request_id: int) -> HttpResponse:
    """End a question without an answer."""
    opened, _file = opened_file(request, number)
    asked = get_object_or_404(FactRequest, pk=request_id, file__case=number)
    try:
        services.take_back_request(request=asked, by=opened.officer, at=opened.now)
        messages.success(request, _("The question was taken back."))
    except ActRefused as refusal:
        messages.warning(request, str(refusal))
    return redirect("determination:facts", number)


@login_required
@require_http_methods(["GET", "POST"])
def returned(request: HttpRequest, number: str, request_id: int) -> HttpResponse:
    """Answer what the authority asks the officer who met the person; nothing else is shown."""
    opened = opened_case(request, number, purposes=ANSWERED_UNDER)
    waiting = queries.requests_to(opened.officer).filter(file__case=number)
    asked = get_object_or_404(waiting, pk=request_id)
    form = AnswerForm(request.POST or None)
    if form.is_valid():
        with told_in(form):
            services.answer_request(request=asked, by=opened.officer, at=opened.now, **form.told())
        if not form.errors:
            messages.success(request, _("Your answer was sent to the competent authority."))
            return redirect("cases:overview", number)
    page = opened.frame() | {"form": form, "asked": asked, "fact": of_fact(asked.code)}
    return render(request, "determination/returned.html", page)

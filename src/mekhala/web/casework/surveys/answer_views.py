"""Answers on leaving for work: a file of counts taken, and tables of shares."""

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mekhala.population.surveys import answers, policies, queries
from mekhala.population.surveys.answers import Told
from mekhala.population.surveys.leaving import ANSWERS
from mekhala.web.casework.refusals import told_in
from mekhala.web.casework.surveys import words
from mekhala.web.casework.surveys.door import readers_only
from mekhala.web.casework.surveys.forms import AnswersForm
from mekhala.web.charts import whole
from mekhala.web.officers import officer_of


@require_http_methods(["GET", "HEAD", "POST"])
@readers_only
def leaving(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who left, by which way, at which cost and what was done to them; take a file.

    For who works the survey alone: small groups stand in it.
    """
    officer = officer_of(request)
    of = get_object_or_404(queries.rounds_for(officer), pk=pk)
    if not policies.may_enter(officer, of.frame):
        raise Http404
    sent = request.method == "POST"
    form = AnswersForm(request.POST, request.FILES) if sent else AnswersForm()
    if sent and form.is_valid():
        text, name = form.cleaned_data["file"]
        with told_in(form):
            rows = answers.load_answers(
                of=of, text=text, file_name=name, by=officer, at=timezone.now()
            )
            messages.success(request, _("Taken: %(rows)s rows.") % {"rows": rows})
        if not form.errors:
            return redirect("surveys:leaving", pk=pk)
    found = groupby(answers.told(of), key=lambda one: one.topic)
    shown = {
        "round": of, "form": form, "columns": answers.COLUMNS, "head": _head(),
        "tables": [(topic.label, [_row(one) for one in rows]) for topic, rows in found],
        "codes": [(topic, ", ".join(sorted(codes))) for topic, codes in ANSWERS.items()],
    }  # fmt: skip
    return render(request, "surveys/leaving.html", shown, status=422 if form.errors else 200)


def _head() -> list[Any]:
    groups = (
        _("All"), _("Women of villages"), _("Women of towns, or home not known"), _("Men"),
    )  # fmt: skip
    return [_("Answer"), *map(words.number, groups)]


def _row(one: Told) -> list[Any]:
    return [str(one.answer.label), *(words.number(_cell(*one.groups[g])) for g in answers.GROUPS)]


def _cell(said: int, asked: int, share: Any) -> str:
    if share is None:
        return _("nobody was asked")
    told = {"said": whole(said), "asked": whole(asked), "share": words.percent(share.estimate),
            "low": words.percent(share.low), "high": words.percent(share.high)}  # fmt: skip
    return _("%(said)s of %(asked)s: %(share)s (%(low)s to %(high)s)") % told

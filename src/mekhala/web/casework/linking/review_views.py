"""The review page: one pair, three answers, by keyboard or by mouse, with scripts or without.

The page of the second reviewer is made from the same things as that of the first: the pair, its
weights and the reader's own count. What another said is not in it because nobody can ask for it.
"""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mekhala.population.linkage.models import LinkageRun, SaidOfPair
from mekhala.population.linkage.runs import errors, policies, queries, reviewing
from mekhala.safeguards.access.errors import ActRefused
from mekhala.safeguards.audit import services as audit
from mekhala.web.casework.fresh import check_fresh_sign_in
from mekhala.web.casework.linking.comparing import lines
from mekhala.web.casework.linking.forms import AnswerForm
from mekhala.web.officers import officer_of

SITTING = timedelta(hours=1)  # one fresh sign-in lets an officer review for so long
NO_KEYS, SINCE = "review_without_keys", "review_since"
KEYS = {"same": "S", "different": "D", "cannot_tell": "U"}


@require_safe
@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """List the runs for which the officer is named: those in review, and those settled."""
    officer = officer_of(request)
    if not policies.may_review_at_all(officer):
        raise Http404
    page = {"runs": queries.runs_to_review(officer), "reviewed": queries.runs_reviewed(officer)}
    return render(request, "linking/mine.html", page)


@require_safe
@login_required
def pair(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the next pair; a fresh sign-in stands for an hour of reviewing."""
    run = _run(request, pk)
    _check_sitting(request)
    return _page(request, run)


@require_POST
@login_required
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what the reviewer says and go on to the next pair."""
    run = _run(request, pk)
    _check_sitting(request)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, run, form=form, status=422)
    given = form.cleaned_data
    try:
        reviewing.answer(
            run, given["pair"], given["said"], note=given["note"], by=request.user,
            at=timezone.now(),
        )  # fmt: skip
    except errors.NamesInNote as refusal:
        form.add_error("note", str(refusal))
        return _page(request, run, form=form, status=422)
    except ActRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("linking:pair", pk=pk)


@require_POST
@login_required
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the last answer back; its pair comes again."""
    run = _run(request, pk)
    try:
        reviewing.undo(run, by=request.user, at=timezone.now())
    except ActRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("linking:pair", pk=pk)


@require_POST
@login_required
def pause(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave the pair as it is; the page without names comes, and a fresh sign-in goes on."""
    _run(request, pk)
    request.session.pop(SINCE, None)
    messages.success(request, _("Paused. What you answered is kept."))
    return redirect("linking:review")


@require_POST
@login_required
def keys(request: HttpRequest, pk: int) -> HttpResponse:
    """Turn the single keys off or on, for this session (WCAG 2.1.4)."""
    _run(request, pk)
    request.session[NO_KEYS] = not request.session.get(NO_KEYS, False)
    return redirect("linking:pair", pk=pk)


def _run(request: HttpRequest, pk: int) -> LinkageRun:
    """Return a run in review for which the officer is named; 404 for everybody else."""
    return get_object_or_404(queries.runs_to_review(officer_of(request)), pk=pk)


def _check_sitting(request: HttpRequest) -> None:
    now = timezone.now()
    if request.session.get(SINCE, 0) < (now - SITTING).timestamp():
        check_fresh_sign_in(request)
        request.session[SINCE] = now.timestamp()


def _page(
    request: HttpRequest, run: LinkageRun, *, form: AnswerForm | None = None, status: int = 200
) -> HttpResponse:
    found = queries.next_pair(run)
    page = {
        "run": run, "found": found, "form": form or AnswerForm(), "answers": _answers(),
        "place": found.mine + 1, "has_keys": not request.session.get(NO_KEYS, False),
    }  # fmt: skip
    if found.records:
        shown = queries.shown_pair(found.records, by=request.user)
        page |= {
            "lines": lines(*shown.records, found.levels, get_language() or "en"),
            "left_list": shown.sources[0], "right_list": shown.sources[1],
            "in_words_only": None in shown.records,
        }  # fmt: skip
        audit.record("linkage.pair_shown", subject=run.number, by=officer_of(request),
                     at=timezone.now(), pair=found.review_pair)  # fmt: skip
    return render(request, "linking/pair.html", page, status=status)


def _answers() -> list[dict[str, str]]:
    return [{"value": v, "words": str(w), "key": KEYS[v]} for v, w in SaidOfPair.choices]

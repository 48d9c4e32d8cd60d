"""Reviewing what officers of other agencies opened in an emergency."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.emergency import services
from mekhala.safeguards.emergency.models import Opening
from mekhala.safeguards.emergency.queries import looks_during
from mekhala.safeguards.emergency.queries import to_review as waiting_for
from mekhala.safeguards.reading.policies import may_watch
from mekhala.web.casework.cases.looks import ACTS, PAGES
from mekhala.web.casework.emergency.forms import YES, ReviewForm
from mekhala.web.casework.refusals import told_in
from mekhala.web.officers import officer_of

PAGE = 50


def watcher_of(request: HttpRequest) -> Officer:
    """Return the officer who watches over others' reading; for the others nothing is there."""
    officer = officer_of(request)
    if not may_watch(officer):
        raise Http404
    return officer


@login_required
@require_GET
def to_review(request: HttpRequest) -> HttpResponse:
    """List what officers of other agencies opened, what waits first."""
    page = Paginator(waiting_for(watcher_of(request)), PAGE).get_page(request.GET.get("page"))
    return render(request, "emergency/to_review.html", {"page": page, "now": timezone.now()})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, opening_id: int) -> HttpResponse:
    """Show who opened a file, when, why and what was looked at; say whether it was justified."""
    by = watcher_of(request)
    opening = get_object_or_404(waiting_for(by), pk=opening_id)
    form = ReviewForm(request.POST or None)
    if form.is_valid():
        told = form.cleaned_data
        with told_in(form):
            services.review(
                opening, justified=told["justified"] == YES, words=told["words"], by=by,
                at=timezone.now(),
            )  # fmt: skip
        if not form.errors:
            messages.success(request, _("The review was recorded."))
            return redirect("emergency:to_review")
    shown = {"opening": opening, "form": form, "looks": _looks(opening), "rows": _rows(opening)}
    return render(request, "emergency/review.html", shown)


def _rows(opening: Opening) -> list[dict[str, object]]:
    by = opening.officer
    return [
        {"key": _("File"), "value": opening.file_number},
        {"key": _("Opened by"), "value": f"{by.shown_as}, {by.agency}"},
        {"key": _("Role"), "value": by.get_role_display()},
        {"key": _("Opened at"), "value": opening.at},
        {"key": _("Emergency"), "value": opening.get_reason_display()},
        {"key": _("In words"), "value": opening.words},
        {"key": _("Review until"), "value": opening.review_due},
    ]


def _looks(opening: Opening) -> list[dict[str, object]]:
    """Return each look in words, in the order they were made."""
    return [
        {"at": each.at, "what": ACTS.get(each.act) or PAGES.get(each.page) or each.page}
        for each in looks_during(opening)
    ]

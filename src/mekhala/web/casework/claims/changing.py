"""Pages that change published figures: load a file, add one, correct one, put it back."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from mekhala.core.wrong_input import WrongInput
from mekhala.population.claims import policies, queries, services
from mekhala.population.claims.models import Claim, ClaimChange
from mekhala.safeguards.access.errors import ActRefused
from mekhala.safeguards.access.models import Officer
from mekhala.web.casework.claims.forms import LABELS, ClaimForm, PutBackForm, UploadForm


@login_required
def upload(request: HttpRequest) -> HttpResponse:
    """Load a file of claims, whole or not at all."""
    officer = _statistician(request)
    sent = request.method == "POST"
    form = UploadForm(request.POST, request.FILES) if sent else UploadForm()
    if sent and form.is_valid():
        text, name = form.cleaned_data["file"]
        try:
            done = services.load(text, name, by=officer, at=timezone.now())
        except WrongInput as wrong:
            form.add_error("file", str(wrong))
        else:
            messages.success(request, _told(done))
            return redirect("claims:claims")
    return render(request, "claims/upload.html", {"form": form})


@login_required
def add(request: HttpRequest) -> HttpResponse:
    """Add one published figure."""
    officer = _statistician(request)
    form = ClaimForm(request.POST or None)
    if form.is_valid():
        try:
            kept = services.add(
                form.figure(), why=form.cleaned_data["why"], by=officer, at=timezone.now()
            )
        except (ActRefused, WrongInput) as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("claims:claim", kept.claim_id)
    return render(request, "claims/write.html", {"form": form})


@login_required
def correct(request: HttpRequest, claim_id: str) -> HttpResponse:
    """Correct one published figure; what stood there stays in its history."""
    officer = _statistician(request)
    of = services.as_read(get_object_or_404(Claim, claim_id=claim_id))
    seen = services.last_change(claim_id)
    form = ClaimForm(request.POST or None, of=of, initial={"seen": seen})
    if form.is_valid():
        given = form.cleaned_data
        try:
            services.correct(
                form.figure(), why=given["why"], seen=given["seen"] or 0, by=officer,
                at=timezone.now(),
            )  # fmt: skip
        except (ActRefused, WrongInput) as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("claims:claim", claim_id)
    return render(request, "claims/write.html", {"form": form, "claim_id": claim_id})


@login_required
def history(request: HttpRequest, claim_id: str) -> HttpResponse:
    """Show every change of one claim; the last can be put back by a statistician."""
    found = queries.history(claim_id)
    if not found:
        raise Http404
    may = policies.may_load(_officer(request))
    form = PutBackForm(request.POST or None, initial={"seen": found[0].pk}) if may else None
    if request.method == "POST" and form is None:
        raise Http404
    if form is not None and form.is_valid():
        try:
            services.put_back(
                claim_id, **form.cleaned_data, by=_officer(request), at=timezone.now()
            )
        except ActRefused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("claims:history", claim_id)
    shown = {
        "claim_id": claim_id, "changes": [_shown(one) for one in found], "form": form,
        "there": found[0].after is not None,
    }  # fmt: skip
    return render(request, "claims/history.html", shown)


def _shown(one: ClaimChange) -> dict[str, Any]:
    """Return a change with each field that changed, as it was and as it became."""
    before, after = one.before or {}, one.after or {}
    differ = [
        {"label": label, "was": before.get(name, ""), "now": after.get(name, "")}
        for name, (label, _hint) in LABELS.items()
        if before.get(name, "") != after.get(name, "")
    ]
    return {"one": one, "differ": differ}


def _told(done: services.Loaded) -> str:
    return _("%(added)s claims added, %(changed)s changed, %(unchanged)s as they were.") % {
        "added": done.added, "changed": done.changed, "unchanged": done.unchanged,
    }  # fmt: skip


def _statistician(request: HttpRequest) -> Officer:
    """Return who asks; to another role these pages are not there."""
    officer = _officer(request)
    if not policies.may_load(officer):
        raise Http404
    return officer


def _officer(request: HttpRequest) -> Officer:
    assert isinstance(request.user, Officer)
    return request.user

"""Pages: what countries promised each other and what became of it; keys of bodies abroad."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from mekhala.core import exchange_file
from mekhala.core.vocabulary.countries import country_name
from mekhala.pathway.repatriation import services, tracking
from mekhala.pathway.repatriation.models import Commitment, CounterpartKey
from mekhala.safeguards.access.purposes import Role
from mekhala.safeguards.agencies.models import Agency
from mekhala.web.casework.partial_days import day_in_words
from mekhala.web.casework.refusals import told_in
from mekhala.web.casework.repatriation import forms
from mekhala.web.officers import officer_of

METHODS = ["GET", "HEAD", "POST"]


@login_required
@require_http_methods(METHODS)
def commitments(request: HttpRequest) -> HttpResponse:
    """List agreements with their commitments; the national committee adds one."""
    officer = officer_of(request)
    known = [(one.code, one.title) for one in tracking.agreements()]
    may_add = officer.role == Role.STATISTICIAN
    posted = request.POST if request.method == "POST" and may_add else None
    form = forms.CommitmentForm(posted, agreements=known)
    if form.is_valid():
        with told_in(form):
            tracking.add_commitment(**form.cleaned_data, by=officer, at=timezone.now())
        if not form.errors:
            return redirect("repatriation:commitments")
    written = list(tracking.commitments())
    reader = get_language() or "en"
    listed = [
        {
            "agreement": one,
            "parties": ", ".join(country_name(code, reader) for code in one.parties),
            "signed": day_in_words(one.signed),
            "written": [_line(c) for c in written if c.agreement == one.code],
        }
        for one in tracking.agreements()
    ]  # fmt: skip
    shown = {"listed": listed, "form": form, "may_add": may_add}
    return render(request, "repatriation/commitments.html", shown)


@login_required
@require_http_methods(METHODS)
def commitment(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what became of one commitment; the national committee says how far it has come."""
    officer = officer_of(request)
    found = get_object_or_404(tracking.commitments(), pk=pk)
    may_add = officer.role == Role.STATISTICIAN
    form = forms.ProgressForm(request.POST if request.method == "POST" and may_add else None)
    if form.is_valid():
        with told_in(form):
            tracking.record_progress(found, **form.cleaned_data, by=officer, at=timezone.now())
        if not form.errors:
            return redirect("repatriation:commitment", pk=pk)
    said = [(one, tracking.stands(one)) for one in found.statuses.all()]
    shown = _line(found) | {"form": form, "may_add": may_add, "said": said}
    return render(request, "repatriation/commitment.html", shown)


@login_required
@require_http_methods(METHODS)
def progress_back(request: HttpRequest, pk: int, said: int) -> HttpResponse:
    """Take back one thing that was said of a commitment: the national committee, with a reason."""
    officer = officer_of(request)
    found = get_object_or_404(tracking.commitments(), pk=pk)
    one = next((s for s in found.statuses.all() if s.pk == said and tracking.stands(s)), None)
    if one is None or officer.role != Role.STATISTICIAN:
        raise Http404
    form = forms.ProgressBackForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with told_in(form):
            tracking.take_back_progress(one, **form.cleaned_data, by=officer, at=timezone.now())
        if not form.errors:
            return redirect("repatriation:commitment", pk=pk)
    return render(request, "repatriation/progress_back.html", _line(found) | {
        "form": form, "one": one,
    })  # fmt: skip


@login_required
@require_http_methods(METHODS)
def keys(request: HttpRequest) -> HttpResponse:
    """List and add keys of bodies abroad, with the fingerprints to be read to each other."""
    officer = officer_of(request)
    if officer.role != Role.ADMINISTRATOR:
        raise Http404
    form = forms.KeyForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        body = get_object_or_404(Agency, pk=form.cleaned_data["agency"])
        with told_in(form):
            services.add_key(
                body, form.cleaned_data["country"], form.cleaned_data["public"], by=officer,
                at=timezone.now(),
            )  # fmt: skip
        if not form.errors:
            return redirect("repatriation:keys")
    listed = [
        {"key": key, "fingerprint": exchange_file.fingerprint(bytes(key.public))}
        for key in CounterpartKey.objects.select_related("agency")
    ]
    return render(request, "repatriation/keys.html", {"form": form, "listed": listed})


def _line(one: Commitment) -> dict[str, object]:
    khmer = (get_language() or "").startswith("km")
    words = one.words_km if khmer and one.words_km else one.words
    return {"commitment": one, "words": words, "now": tracking.how_far(one)}

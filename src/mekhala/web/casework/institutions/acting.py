"""One way to fill in a form of a register: show it, do its act, or say what is in the way."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from mekhala.safeguards.access.models import Officer
from mekhala.web.casework.refusals import told_in
from mekhala.web.officers import officer_of

METHODS = ["GET", "HEAD", "POST"]
May = Callable[[Officer], bool]


def form_of(request: HttpRequest, kind: type[forms.Form], may: May) -> forms.Form | None:
    """Return the form, filled if it was sent; None for whoever may not act."""
    if not may(officer_of(request)):
        return None
    return kind(request.POST if request.method == "POST" else None)


def did(request: HttpRequest, form: forms.Form | None, act: Callable[..., object]) -> bool:
    """Do the act that a whole form asks for; a refusal becomes an error of the form."""
    if form is None or not form.is_valid():
        return False
    with told_in(form):
        act(**form.cleaned_data, by=officer_of(request), at=timezone.now())
    return not form.errors


def new_line(
    request: HttpRequest, kind: type[forms.Form], may: May, act: Callable[..., object], *,
    title: str, back: str,
) -> HttpResponse:  # fmt: skip
    """Show the page for a new line of a register and keep it; 404 for whoever may not."""
    form = form_of(request, kind, may)
    if form is None:
        raise Http404
    if did(request, form, act):
        return redirect(back)
    shown: dict[str, Any] = {"title": title, "form": form, "back_url": back}
    return render(request, "institutions/form.html", shown)

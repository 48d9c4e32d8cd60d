"""What the pages of support share: the open case, one act of a form, a page with one form."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from mekhala.pathway.aftercare import policies
from mekhala.web.casework.cases.frame import OpenCase, opened_case
from mekhala.web.casework.refusals import told_in

METHODS = ["GET", "HEAD", "POST"]


def opened_for_support(request: HttpRequest, number: str) -> OpenCase:
    """Return the case for who supports the person; for others it is not there."""
    opened = opened_case(request, number, purposes=policies.SUPPORTING)
    if opened.officer.role not in policies.SUPPORTERS:
        raise Http404
    return opened


def posted(request: HttpRequest) -> Any:
    """Return what was sent, None where a page is only looked at."""
    return request.POST if request.method == "POST" else None


def acted(form: forms.Form, act: Callable[[], object]) -> bool:
    """Do the act a whole form asks for; a refusal becomes an error of the form."""
    if not form.is_valid():
        return False
    with told_in(form):
        act()
    return not form.errors


def form_page(
    request: HttpRequest, opened: OpenCase, form: forms.Form, act: Callable[[], object], *,
    back: str, **words: Any,
) -> HttpResponse:  # fmt: skip
    """Show one form, do its act, and go back to the page it belongs to.

    ``words``: ``heading``, ``button``, and ``told`` with the lines above the form.
    """
    if acted(form, act):
        return redirect(back, number=opened.case.number)
    shown = {"form": form, "back_url": reverse(back, args=[opened.case.number]), **words}
    return render(request, "aftercare/form.html", opened.frame(request.path) | shown)

"""Sheets that came on paper or by fax: kept, looked at, keyed in beside the picture."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from mekhala.pathway.justice import queries, services
from mekhala.pathway.justice.models import Accused, Sheet
from mekhala.web.casework.justice.acting import (
    accused_or_404,
    act_on,
    officer_in,
    page_of_accused,
)
from mekhala.web.casework.justice.entry_kinds import KINDS


class SheetForm(forms.Form):
    """The picture of a sheet, or a PDF of several."""

    picture = forms.FileField(
        label=gettext_lazy("A picture of the sheet, or a PDF"),
        help_text=gettext_lazy(
            "JPEG or PNG with one sheet in each picture, or a PDF of at most 30 pages; at most "
            "10 MB. Only pictures of the pages are kept."
        ),
    )


@login_required
def sheets(request: HttpRequest, number: str) -> HttpResponse:
    """List the sheets of an accused, and take in another."""
    officer, one = officer_in(request), accused_or_404(number)
    form = SheetForm(request.POST or None, request.FILES or None)

    def act() -> str:
        sent = form.cleaned_data["picture"]
        kept = services.keep_sheets(
            one, sent.read(), file_name=sent.name, by=officer, at=timezone.now()
        )
        if len(kept) > 1:
            return reverse("justice:sheets", args=[number])
        return reverse("justice:sheet", args=[number, kept[0].pk])

    kept = Sheet.objects.filter(accused=one).defer("content").prefetch_related("keyed")
    words = {"heading": _("Sheets that came on paper or by fax"), "button": _("Keep sheet"),
             "number": number, "status": queries.stage_word(one),
             "back": page_of_accused(number), "sheets": kept}  # fmt: skip
    return act_on(request, form, act, words, template="justice/sheets.html")


@login_required
def sheet(request: HttpRequest, number: str, sheet_id: int) -> HttpResponse:
    """Show one sheet, what was keyed in from it, and what can be."""
    one = accused_or_404(number)
    found = _of(one, sheet_id)
    shown: dict[str, Any] = {
        "number": number, "status": queries.stage_word(one), "sheet": found,
        "kinds": KINDS.values(),
        "keyed": [{"title": KINDS[k.kind].title, "kind": k.kind} for k in found.keyed.all()],
    }  # fmt: skip
    return render(request, "justice/sheet.html", shown)


@login_required
@require_safe
def picture(request: HttpRequest, number: str, sheet_id: int) -> HttpResponse:
    """Hand out the picture of a sheet; each look is noted."""
    found = _of(accused_or_404(number), sheet_id)
    content = services.open_sheet(found, by=officer_in(request), at=timezone.now())
    return HttpResponse(content, content_type=found.media_type)


def sheet_of(request: HttpRequest, one: Accused) -> Sheet | None:
    """Return the sheet an entry is keyed in from, as ``?sheet=`` names it; None without one."""
    asked = request.GET.get("sheet", "")
    if not asked:
        return None
    if not asked.isdecimal():
        raise Http404
    return _of(one, int(asked[:18]))


def _of(one: Accused, sheet_id: int) -> Sheet:
    kept = Sheet.objects.select_related("accused").defer("content")
    return get_object_or_404(kept, pk=sheet_id, accused=one)

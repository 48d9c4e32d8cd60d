"""Pages: where the person stays, leaving, and the notes of the house."""

from django import forms as django_forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from mekhala.pathway.aftercare import queries, services
from mekhala.pathway.aftercare.models import Note, Stay
from mekhala.pathway.referral import placing
from mekhala.safeguards.access.purposes import Purpose, Role
from mekhala.safeguards.identity.errors import WordsNotOpened
from mekhala.web.casework.aftercare.doing import (
    METHODS,
    acted,
    form_page,
    opened_for_support,
    posted,
)
from mekhala.web.casework.aftercare.forms import kept
from mekhala.web.casework.aftercare.home_forms import AgainForm, NoteForm, StayForm


@login_required
@require_http_methods(["GET", "HEAD"])
def stays(request: HttpRequest, number: str) -> HttpResponse:
    """Show where the person stays and stayed, on what basis, how freely and how long."""
    opened = opened_for_support(request, number)
    found = list(Stay.objects.filter(case=opened.case).select_related("agency")[:50])
    asked = placing.of_case(opened.case)
    for one in found:
        one.ministry = queries.asked_about(one, asked)  # type: ignore[attr-defined]
    shown = {
        "stays": [(one, _order(one)) for one in found],
        "today": timezone.localdate(opened.now), "now": opened.now,
        "open_stay": any(one.left_at is None for one in found),
    }  # fmt: skip
    return render(request, "aftercare/stays.html", opened.frame(request.path) | shown)


def _order(stay: Stay) -> str:
    """Return the number of a court's order; that it cannot be read hides no way out."""
    try:
        return stay.order_number
    except WordsNotOpened:
        return _("the number of the order cannot be read now")


@login_required
@require_http_methods(METHODS)
def begin_stay(request: HttpRequest, number: str) -> HttpResponse:
    """Keep that the person stays somewhere."""
    opened = opened_for_support(request, number)
    by, at = opened.officer, opened.now
    form = StayForm(posted(request), officer=by)
    return form_page(
        request, opened, form,
        lambda: services.begin_stay(
            opened.case, **kept(form, "agreed", "beside"), by=by, at=at
        ),
        back="aftercare:stays", heading=_("A stay begins"), button=_("Keep the stay"),
        told=[_("Whoever stays may leave at any time, and gives no reason. Help goes on.")],
    )  # fmt: skip


@login_required
@require_POST
def leave(request: HttpRequest, number: str, stay_id: int) -> HttpResponse:
    """Note that the person left: one button, no reason."""
    opened = opened_for_support(request, number)
    stay = get_object_or_404(Stay, pk=stay_id, case=opened.case)
    form = django_forms.Form(request.POST)
    acted(form, lambda: services.leave(stay, by=opened.officer, at=opened.now))
    return redirect("aftercare:stays", number=number)


@login_required
@require_http_methods(METHODS)
def look_again(request: HttpRequest, number: str, stay_id: int) -> HttpResponse:
    """Ask the person anew whether she or he wants to stay."""
    opened = opened_for_support(request, number)
    stay = get_object_or_404(Stay, pk=stay_id, case=opened.case)
    form, by, at = AgainForm(posted(request)), opened.officer, opened.now
    return form_page(
        request, opened, form,
        lambda: services.look_again(stay, **kept(form, "agreed"), by=by, at=at),
        back="aftercare:stays", heading=_("Look at the stay again"), button=_("Keep"),
        told=[_("Ask the person alone. Without a yes the stay ends: help the person to leave.")],
    )  # fmt: skip


@login_required
@require_http_methods(METHODS)
def notes(request: HttpRequest, number: str) -> HttpResponse:
    """Show the notes of the officer's house, and those others chose to share; write one."""
    opened = opened_for_support(request, number)
    by, at = opened.officer, opened.now
    writes = by.role == Role.PROVIDER and Purpose.SUPPORT in opened.purposes
    form = NoteForm(posted(request) if writes else None)
    if writes and acted(
        form, lambda: services.write_note(opened.case, **form.cleaned_data, by=by, at=at)
    ):
        return redirect("aftercare:notes", number=number)
    found = Note.objects.filter(case=opened.case).select_related("agency", "written_by")[:50]
    shown = {"notes": found, "form": form, "writes": writes, "own": by.agency_id}
    return render(request, "aftercare/notes.html", opened.frame(request.path) | shown)


@login_required
@require_POST
def share_note(request: HttpRequest, number: str, note_id: int) -> HttpResponse:
    """Share one note with those who keep the plan, or take it back for the future."""
    opened = opened_for_support(request, number)
    if opened.officer.role != Role.PROVIDER:
        raise Http404
    own = Note.objects.filter(agency_id=opened.officer.agency_id)
    note = get_object_or_404(own, pk=note_id, case=opened.case)
    act = services.take_back_note if note.is_shared else services.share_note
    form = django_forms.Form(request.POST)
    acted(form, lambda: act(note, by=opened.officer, at=opened.now))
    return redirect("aftercare:notes", number=number)

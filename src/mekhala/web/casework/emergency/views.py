"""Opening a file in an emergency, and the narrow view of it for an hour."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mekhala.core.vocabulary.places import place_name
from mekhala.pathway.encounter.models import Case, Encounter
from mekhala.pathway.encounter.queries import safe_contact_of
from mekhala.safeguards.access.errors import ActRefused
from mekhala.safeguards.audit import services as audit
from mekhala.safeguards.emergency import services
from mekhala.safeguards.emergency.errors import NothingOpened
from mekhala.safeguards.emergency.models import Opening
from mekhala.safeguards.emergency.policies import may_open
from mekhala.safeguards.emergency.queries import live_of
from mekhala.safeguards.emergency.reasons import Part, Reason
from mekhala.safeguards.identity import services as identities
from mekhala.safeguards.reading.services import look
from mekhala.web.casework.emergency.forms import EmergencyForm
from mekhala.web.casework.fresh import check_fresh_sign_in
from mekhala.web.casework.languages import language_name
from mekhala.web.officers import officer_of

PURPOSE = "emergency"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Ask for one file in an emergency; a number that opens nothing is a try as well."""
    officer = officer_of(request)
    if not may_open(officer):
        raise Http404
    form = EmergencyForm(request.POST or None, initial={"number": request.GET.get("number", "")})
    if form.is_valid():
        check_fresh_sign_in(request)
        opened = _opened(request, form)
        if opened:
            return redirect("emergency:file", opened.file_number)
    return render(request, "emergency/new.html", {"form": form})


def _opened(request: HttpRequest, form: EmergencyForm) -> Opening | None:
    """Open the file and return that; None with the refusal said in the form."""
    officer, now, told = officer_of(request), timezone.now(), form.cleaned_data
    try:
        look(officer, told["number"], door="emergency:new", at=now)
        opening = services.open_file(
            told["number"], reason=Reason(told["reason"]), words=told["words"], by=officer, at=now
        )
    except ActRefused as refusal:
        form.add_error(None, str(refusal))
        return None
    if opening.until is None:
        form.add_error("number", str(NothingOpened()))
        return None
    return opening


@login_required
@require_GET
def file(request: HttpRequest, number: str) -> HttpResponse:
    """Show what the emergency needs of the file, while it is open; the look is noted."""
    opening = _live(request, number)
    case = Case.objects.select_related("agency").filter(number=number).first()
    if case is None:
        raise Http404
    parts = set(opening.parts)
    shown = {
        "opening": opening, "number": number, "person": _person(case),
        "reach": _reach(case) if Part.LOCATION in parts else [],
        "may_see_name": Part.IDENTITY in parts,
    }  # fmt: skip
    _note(request, opening, page="emergency:file")
    return render(request, "emergency/file.html", shown)


@login_required
@require_POST
def name(request: HttpRequest, number: str) -> HttpResponse:
    """Show the name once, where the emergency needs it."""
    opening, now = _live(request, number), timezone.now()
    if Part.IDENTITY not in opening.parts:
        raise Http404
    try:
        found = identities.show(number, by=officer_of(request), at=now, purpose=PURPOSE)
        shown: dict[str, Any] = {"identity": found}
    except ActRefused as refusal:
        shown = {"refused": refusal}
    return render(request, "emergency/name.html", shown | {"number": number})


def _live(request: HttpRequest, number: str) -> Opening:
    """Return the opening that shows the file to the officer now; 404 without one."""
    found = live_of(officer_of(request), number, now=timezone.now())
    if found is None:
        raise Http404
    return found


def _note(request: HttpRequest, opening: Opening, *, page: str) -> None:
    """Note the look as one in an emergency."""
    audit.record(
        "case.opened", subject=opening.file_number, by=officer_of(request), at=timezone.now(),
        page=page, purpose=[PURPOSE], emergency=True, opening=opening.pk,
    )  # fmt: skip


def _person(case: Case) -> list[dict[str, Any]]:
    return [
        {"key": _("Sex"), "value": case.get_sex_display()},
        {"key": _("Age when first met"), "value": "" if case.age is None else case.age},
        {"key": _("Language"), "value": language_name(case.language)},
        {"key": _("Opened by"), "value": case.agency},
    ]


def _reach(case: Case) -> list[dict[str, Any]]:
    """Return where the person was last met, and what she or he said about being reached."""
    met = Encounter.objects.filter(case=case).order_by("-met_at", "-id").first()
    said = safe_contact_of(case)
    place = place_name(met.place_code, get_language() or "en") if met else ""
    return [
        {"key": _("Last met in"), "value": place},
        {"key": _("Last met on"), "value": met.met_at if met else ""},
        {"key": _("How to reach"),
         "value": said.get_way_display() if said else _("Nobody has asked yet.")},
        {"key": _("When to telephone"), "value": said.hours if said else ""},
        {"key": _("Through whom"), "value": said.through if said else ""},
    ]  # fmt: skip

"""Finding a case: by its number, or by two exact details of the person.

Nothing is listed and nothing is found by part of a name. What is not open to the officer is told
like what is not there. The details are posted, and each search counts as a file that was read.
"""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from mekhala.core.wrong_input import WrongInput
from mekhala.pathway.encounter.queries import visible_to
from mekhala.safeguards.access.errors import ActRefused, NotOpenToYou
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.emergency.policies import may_open
from mekhala.safeguards.identity.finding import find
from mekhala.safeguards.reading.errors import ReadingLocked
from mekhala.safeguards.reading.services import look
from mekhala.web.casework.cases.forms import FindForm, FindPersonForm
from mekhala.web.officers import officer_of

DOOR, TOO_MANY = "cases:find", 429
NOTHING = _("Nothing to show. Each detail must be exactly as it was kept.")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def by_number(request: HttpRequest) -> HttpResponse:
    """Find a case by its number; closed and absent are told alike. The number is posted."""
    officer, now = officer_of(request), timezone.now()
    form = FindForm(request.POST or None)
    if form.is_valid():
        number = form.cleaned_data["number"]
        try:
            look(officer, number, door=DOOR, at=now)
        except ReadingLocked as refusal:
            return _locked(request, refusal)
        if visible_to(officer, now=now).filter(number=number).exists():
            return redirect("cases:overview", number)
        form.add_error("number", str(NotOpenToYou()))
    shown = {"form": form, "may_open_in_emergency": may_open(officer)}
    return render(request, "cases/find.html", shown)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def by_person(request: HttpRequest) -> HttpResponse:
    """Find cases open to the officer by two exact details; for those who help people."""
    officer = officer_of(request)
    if not may_open(officer):
        raise Http404
    form = FindPersonForm(request.POST or None)
    numbers: list[str] = []
    if form.is_valid():
        try:
            numbers = _found(officer, form.told())
        except ReadingLocked as refusal:
            return _locked(request, refusal)
        except WrongInput:
            form.add_error(None, NOTHING)
        except ActRefused as refusal:
            form.add_error(None, str(refusal))
        if not numbers and not form.errors:
            form.add_error(None, NOTHING)
    return render(request, "cases/find_person.html", {"form": form, "numbers": numbers})


def _found(officer: Officer, details: dict[str, str]) -> list[str]:
    """Return the numbers of the open cases found; the search and each of them are counted."""
    now = timezone.now()
    look(officer, f"search:{now.isoformat()}", door=DOOR, at=now)
    numbers = find(details, by=officer, at=now, purpose="find")
    visible = visible_to(officer, now=now).filter(number__in=numbers).order_by("number")
    found = list(visible.values_list("number", flat=True))
    for number in found:
        look(officer, number, door=DOOR, at=now)
    return found


def _locked(request: HttpRequest, refusal: ReadingLocked) -> HttpResponse:
    return render(request, "reading_locked.html", {"refusal": refusal}, status=TOO_MANY)

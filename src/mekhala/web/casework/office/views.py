"""The administrator's pages."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from mekhala.forms.training import own_standing
from mekhala.safeguards.access.errors import ActRefused
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Role
from mekhala.safeguards.admission import services as admission
from mekhala.safeguards.four_eyes import services as four_eyes
from mekhala.safeguards.four_eyes.models import SecondSignature
from mekhala.web.casework.fresh import check_fresh_sign_in
from mekhala.web.casework.office.forms import ActForm, FindForm, OfficerForm, PostForm
from mekhala.web.casework.refusals import told_in
from mekhala.web.casework.signing_twice import asked_for
from mekhala.web.devices import device_of
from mekhala.web.officers import officer_of

ASKED = {"open": "account.reopen", "recover": "account.recover"}


def administrator_of(request: HttpRequest) -> Officer:
    """Return the administrator who asks; for everybody else these pages do not exist."""
    officer = officer_of(request)
    if officer.role != Role.ADMINISTRATOR:
        raise Http404
    return officer


@login_required
@require_GET
def officers(request: HttpRequest) -> HttpResponse:
    """List officers by user name, fifty to a page."""
    administrator_of(request)
    form = FindForm(request.GET or None)
    found = Officer.objects.select_related("agency").order_by("username")
    if form.is_valid() and form.cleaned_data["agency"]:
        found = found.filter(agency=form.cleaned_data["agency"])
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    return render(request, "office/officers.html", {"page": page, "look": form})


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Ask for a new account; an administrator of another agency signs it."""
    by = administrator_of(request)
    form = OfficerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        check_fresh_sign_in(request)
        with told_in(form):
            return asked_for(request, _ask(request, by, "account.new", **form.asked()))
    return render(request, "office/new.html", {"form": form})


@login_required
@require_http_methods(["GET", "POST"])
def officer(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one account; close it at once, or ask to open it again or to let its officer in."""
    by = administrator_of(request)
    about = get_object_or_404(Officer.objects.select_related("agency"), pk=pk)
    act = request.POST.get("act", "")
    form = ActForm(request.POST if act in ASKED else None)
    refused = ""
    if act == "close":
        try:
            admission.close(about, by=by, at=timezone.now())
            return redirect("office:officer", pk)
        except ActRefused as refusal:
            refused = str(refusal)
    elif request.method == "POST" and act not in ASKED:
        raise Http404
    elif form.is_bound and form.is_valid():
        check_fresh_sign_in(request)
        given = {"subject": about.username, "because": form.cleaned_data["because"]}
        with told_in(form):
            return asked_for(request, _ask(request, by, ASKED[act], **given))
    shown = {"about": about, "refused": refused, "form": form, "lines": own_standing(about)}
    return render(request, "office/officer.html", shown)


@login_required
@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask that an officer get another role or agency."""
    by = administrator_of(request)
    about = get_object_or_404(Officer, pk=pk)
    form = PostForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        check_fresh_sign_in(request)
        with told_in(form):
            asked = {"subject": about.username, **form.asked()}
            return asked_for(request, _ask(request, by, "account.move", **asked))
    return render(request, "office/move.html", {"about": about, "form": form})


def _ask(request: HttpRequest, by: Officer, kind: str, **asked: str) -> SecondSignature:
    return four_eyes.ask(kind, by=by, at=timezone.now(), device=device_of(request), **asked)

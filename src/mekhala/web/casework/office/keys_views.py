"""An officer's tokens and devices, each with a way to end it: one's own, or as administrator."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mekhala.forms.policies import may_answer
from mekhala.safeguards.access import accounts
from mekhala.safeguards.access.models import ApiToken, Device, Officer
from mekhala.safeguards.access.purposes import Role
from mekhala.web.officers import officer_of

NEWEST = 50


@login_required
@require_http_methods(["GET", "POST"])
def own_keys(request: HttpRequest) -> HttpResponse:
    """Show the officer's own tokens and devices, and end one."""
    return _keys(request, officer_of(request))


@login_required
@require_http_methods(["GET", "POST"])
def keys_of(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the tokens and devices of one officer to an administrator, and end one."""
    if officer_of(request).role != Role.ADMINISTRATOR:
        raise Http404
    return _keys(request, get_object_or_404(Officer, pk=pk))


def _keys(request: HttpRequest, about: Officer) -> HttpResponse:
    if request.method == "POST":
        _end(request, about)
        return redirect(request.path)
    parts = [
        {"kind": "device", "title": _("Devices"), "rows": about.devices.order_by("-id")[:NEWEST]},
        {"kind": "token", "title": _("Tokens"), "rows": about.tokens.order_by("-id")[:NEWEST]},
    ]
    own = about.pk == officer_of(request).pk
    shown = {
        "about": about, "parts": parts, "now": timezone.now(),
        "is_own": own, "may_add_phone": own and may_answer(about),
    }  # fmt: skip
    return render(request, "office/keys.html", shown)


def _end(request: HttpRequest, about: Officer) -> None:
    key, by, now = request.POST.get("key", ""), officer_of(request), timezone.now()
    if not key.isascii() or not key.isdigit() or len(key) > 18:
        raise Http404
    if request.POST.get("kind") == "token":
        accounts.end_token(get_object_or_404(ApiToken, pk=key, officer=about), by=by, at=now)
    else:
        accounts.end_device(get_object_or_404(Device, pk=key, officer=about), by=by, at=now)

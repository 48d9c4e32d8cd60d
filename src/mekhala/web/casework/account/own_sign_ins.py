"""Where one is signed in, ending one of them, and what was printed."""

import re

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mekhala.safeguards.audit import services as audit
from mekhala.safeguards.signing import queries, services
from mekhala.safeguards.signing.sealed_sessions import digest_of
from mekhala.web.officers import officer_of

SHOWN = 20
_NUMBER = re.compile(r"/((?:MK|PR|AC|RG)-\w{4}-\w{4})/")
_SERIAL = re.compile(r"[0-9A-F]{12}")


@login_required
@require_safe
def sign_ins(request: HttpRequest) -> HttpResponse:
    """List the officer's own sessions and the sign-ins before them."""
    found = queries.sign_ins_of(officer_of(request))
    live = found.filter(ended_at=None)
    here = digest_of(str(request.session.session_key))
    return render(
        request, "signing/sign_ins.html",
        {"live": live, "here": here, "earlier": found.exclude(ended_at=None)[:SHOWN]},
    )  # fmt: skip


@login_required
@require_POST
def end_one(request: HttpRequest, pk: int) -> HttpResponse:
    """End one of the officer's own sessions; another's is not there."""
    officer = officer_of(request)
    found = get_object_or_404(queries.sign_ins_of(officer), pk=pk, ended_at=None)
    services.end_own(found, by=officer, at=timezone.now())
    messages.success(request, _("The session was ended."))
    return redirect("account_sign_ins")


@login_required
@require_POST
def printed(request: HttpRequest) -> HttpResponse:
    """Note that a page was sent to a printer: the serial on the paper, and which file it is of."""
    officer = officer_of(request)
    serial = _SERIAL.fullmatch(request.POST.get("serial", ""))
    number = _NUMBER.search(request.POST.get("path", ""))
    if serial:
        audit.record("signing.page_printed", subject=number[1] if number else officer.username,
                     by=officer, at=timezone.now(), serial=serial[0])  # fmt: skip
    return HttpResponse(status=204)

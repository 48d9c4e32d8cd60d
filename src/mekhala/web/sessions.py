"""Every request of a session is asked here: does the session still stand, and is it a whole one?

A session that has not shown the factor of its role is half in: it reaches the page on which the
factor is added or shown, its own sign-out, and nothing else — no page, no part of a page that is
fetched alone, no operation of the API (R-40). Stands just before the actor is set.
"""

import time
from collections.abc import Callable
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.signing import factors, limits, queries, services
from mekhala.safeguards.signing.models import Ended
from mekhala.web.sign_in import accepted_for, has_factor, is_enough

REASON = "Mekhala-Ended"  # header: why the session of a page that asks is over
_ALWAYS = {
    "account_login", "account_logout", "account_still_here", "account_first_factor",
    "account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn", "set_language",
    "csp_report", "healthz",
}  # fmt: skip
_ADDS = {"mfa_add_webauthn": factors.PASSKEY, "mfa_activate_totp": factors.CODES}

type Answer = Callable[[HttpRequest], HttpResponse]


class SessionGuard:
    """Ends sessions whose time is over, and holds back those that are half in."""

    sync_capable, async_capable = True, False

    def __init__(self, get_response: Answer) -> None:
        """Wrap the rest of the application."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request, or say why its session does not reach it."""
        ended = _ended(request)
        request.session_ended = ended  # type: ignore[attr-defined] # told on the sign-in page
        key = request.session.session_key
        if ended and request.headers.get("HX-Request"):
            return _elsewhere(_sign_in_again(request.headers.get("HX-Current-URL", "/"), ended))
        response = _held_back(request) or self.get_response(request)
        _follow(request, key)
        return _told(response, ended) if ended else response


def _ended(request: HttpRequest) -> Ended | None:
    """Return why the session that was sent no longer stands; sign it out if it is only over now."""
    now, key = time.time(), request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    if isinstance(request.user, Officer):
        over = limits.why_over(request.session, now=now)
        if over is None:
            _note(request, now)
            return None
    elif key is None or (request.session.session_key and SESSION_KEY not in request.session):
        return None  # nobody has signed in
    elif SESSION_KEY in request.session:
        over = Ended.ACCOUNT  # it is closed
    else:
        return queries.why_ended(key)
    services.end(str(request.session.session_key), over, at=timezone.now())
    request.session.flush()
    request.user = AnonymousUser()
    return over


def _note(request: HttpRequest, now: float) -> None:
    if limits.is_to_be_noted(request.session, now=now):
        request.session["seen"] = int(now)
        services.note_seen(str(request.session.session_key), at=timezone.now())


def _held_back(request: HttpRequest) -> HttpResponse | None:
    """Return the answer to a session that is half in, None if it may go on."""
    if not isinstance(request.user, Officer) or is_enough(request):
        return None
    request.is_half_in = True  # type: ignore[attr-defined] # it acts as nobody
    if _may_be_reached(request, request.user):
        return None
    page = reverse("account_first_factor")
    if request.path.startswith("/api/"):
        return JsonResponse({"detail": _("Your role signs in with a passkey. Add one first.")},
                            status=403)  # fmt: skip
    return _elsewhere(page) if request.headers.get("HX-Request") else HttpResponseRedirect(page)


def _may_be_reached(request: HttpRequest, officer: Officer) -> bool:
    try:
        name = resolve(request.path_info).url_name
    except Resolver404:
        return False
    if name in _ALWAYS:
        return True
    accepted = accepted_for(officer)
    return _ADDS.get(str(name)) in accepted and not has_factor(officer, accepted)


def _follow(request: HttpRequest, key: str | None) -> None:
    """Let the sign-in follow its session where a new password gave it another key."""
    match, new = request.resolver_match, request.session.session_key
    if key and new and key != new and match and match.url_name == "account_change_password":
        services.move(key, new)


def _told(response: HttpResponse, ended: Ended) -> HttpResponse:
    """Say why on the sign-in page this answer leads to."""
    response.headers[REASON] = ended.value
    where = response.headers.get("Location", "")
    if where.startswith(reverse("account_login")):
        sign = "&" if "?" in where else "?"
        response.headers["Location"] = f"{where}{sign}{urlencode({'ended': ended.value})}"
    return response


def _sign_in_again(page: str, ended: Ended) -> str:
    path = "/" + page.split("://", 1)[-1].partition("/")[2] if "://" in page else page
    return f"{reverse('account_login')}?{urlencode({'next': path, 'ended': ended.value})}"


def _elsewhere(address: str) -> HttpResponse:
    """Answer a part of a page: the whole page goes to ``address``."""
    return HttpResponse(status=401, headers={"HX-Redirect": address, "Cache-Control": "no-store"})

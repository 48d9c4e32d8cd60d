"""Signing in and out, and whether one still is."""

from typing import Any
from urllib.parse import urlencode

from allauth.account import views as account
from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.audit import services as audit
from mekhala.safeguards.signing import queries, services
from mekhala.safeguards.signing.models import Ended
from mekhala.web.officers import officer_of

EVERYTHING = (
    '"cache", "storage"'  # not cookies: the mark of the device stays for the rule of two devices
)


class SignIn(account.LoginView):  # type: ignore[misc]
    """The sign-in page; it tells why an earlier session ended, in words of ours only."""

    def dispatch(self, request: HttpRequest, *args: Any, **kept: Any) -> HttpResponse:
        """Answer in the language that was spoken before signing out took its cookie along."""
        asked = request.GET.get("lang", "")
        if asked not in dict(settings.LANGUAGES):
            response: HttpResponse = super().dispatch(request, *args, **kept)
            return response
        with translation.override(asked):
            response = super().dispatch(request, *args, **kept)
            if hasattr(response, "render"):
                response.render()
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, asked, secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=True, samesite="Strict",
        )  # fmt: skip
        return response

    def get_context_data(self, **kept: Any) -> dict[str, Any]:
        """Add why the earlier session ended, where one did."""
        queries.is_invented(look_again=True)
        said = self.request.GET.get("ended") or getattr(self.request, "session_ended", None)
        ended = Ended(said).label if said in Ended.values else ""
        context: dict[str, Any] = super().get_context_data(**kept)
        return context | {"ended": ended}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_out(request: HttpRequest) -> HttpResponse:
    """Ask, or sign out: the session ends, and the browser forgets what it kept of us (R-43)."""
    if request.method != "POST":
        is_in = request.user.is_authenticated
        return render(request, "account/logout.html") if is_in else redirect("account_login")
    because = Ended.IDLE if request.POST.get("because") == Ended.IDLE else Ended.SIGNED_OUT
    if isinstance(request.user, Officer):
        now, key = timezone.now(), str(request.session.session_key)
        services.end(key, because, at=now)
        audit.record("signing.ended", subject=request.user.username, by=request.user, at=now,
                     because=because.value)  # fmt: skip
    logout(request)
    told = {"ended": because.value, "lang": translation.get_language() or ""}
    address = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(address, allowed_hosts=None):
        told["next"] = address
    response = HttpResponseRedirect(f"{reverse('account_login')}?{urlencode(told)}")
    response.headers["Clear-Site-Data"] = EVERYTHING
    return response


@never_cache
@require_safe
def still_here(request: HttpRequest) -> HttpResponse:
    """Answer 204 to a page whose officer writes or moves, 401 where the session is over."""
    return HttpResponse(status=204 if request.user.is_authenticated else 401)


@login_required
def reauthenticate(request: HttpRequest) -> HttpResponse:
    """Ask for the password again where nothing better is set up; else for the factor."""
    methods = get_adapter(request).get_reauthentication_methods(officer_of(request))
    if methods and methods[0]["id"] != "reauthenticate":
        query = request.GET.urlencode()
        return redirect(f"{methods[0]['url']}?{query}" if query else methods[0]["url"])
    answer: HttpResponse = account.reauthenticate(request)
    return answer

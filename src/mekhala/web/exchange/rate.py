"""How often the API answers one key: 5 times a second, counted over ten seconds (R-59).

Counted by token, else by session, else by address; kept under a keyed digest. A program that
waits as ``Retry-After`` says is answered again.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from mekhala.safeguards.signing import services
from mekhala.web.address import address_of

SECONDS = 10


class ApiRate:
    """Answers 429 to a key that asks too often; before any transaction, so that nobody waits."""

    sync_capable, async_capable = True, False

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Wrap the rest of the application."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request unless its key has asked too often."""
        if not request.path.startswith("/api/"):
            return self.get_response(request)
        most = settings.API_PER_SECOND * SECONDS
        wait = services.count("api", _asker(request), most=most, seconds=SECONDS, at=timezone.now())
        if not wait:
            return self.get_response(request)
        words = _("Too many requests at once. Wait as long as Retry-After says.")
        return JsonResponse({"detail": words}, status=429, headers={"Retry-After": str(wait)})


def _asker(request: HttpRequest) -> str:
    """Return what is counted for: the token, the session, or the address."""
    token = request.headers.get("Authorization", "")
    session = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    return token or session or address_of(request)

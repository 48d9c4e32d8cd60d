"""Telling one browser from another: a long-lived random cookie, of which only a digest is kept.

It says nothing about who works there. A second signature is not given in the browser the act was
asked for in. Whoever clears cookies has a new browser: the cookie keeps honest people apart who
share a machine, and stands beside the rules of two officers and two agencies, not before them.
"""

import hashlib
import secrets
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

NAME = "__Host-device" if settings.SECURE else "device"
SALT = "mekhala.device"
LASTS = 400 * 24 * 3600  # seconds; browsers keep no cookie longer
PROGRAMS = ("/api/", "/f/", "/static/", "/healthz")


class DeviceMiddleware:
    """Gives a browser its cookie at its first page; programs and phones get none."""

    sync_capable, async_capable = True, False

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Wrap the rest of the application."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and send the cookie along where the browser sent none of ours."""
        response = self.get_response(request)
        if not request.path.startswith(PROGRAMS) and not device_of(request):
            response.set_signed_cookie(
                NAME, secrets.token_urlsafe(32), salt=SALT, max_age=LASTS, httponly=True,
                secure=settings.SECURE, samesite="Strict",
            )  # fmt: skip
        return response


def device_of(request: HttpRequest) -> str:
    """Return the digest of the browser a request comes from; empty where it sent no cookie."""
    sent = request.get_signed_cookie(NAME, default="", salt=SALT)
    return hashlib.sha256(sent.encode()).hexdigest() if sent else ""

"""Before what cannot be taken back or unseen: was this officer's sign-in a moment ago? (R-42)"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.core.exceptions import ReauthenticationRequired
from django.http import HttpRequest, HttpResponse

from mekhala.web.sign_in import was_shown_lately


def check_fresh_sign_in(request: HttpRequest) -> None:
    """Send the officer to sign in again unless it was done in the last 15 minutes.

    What counts is the factor the role demands; a password alone does not. What was posted waits
    in the session, which is sealed, and goes on by itself once the officer has signed in (allauth
    keeps it there); it is taken out of the session at that moment.
    """
    if not was_shown_lately(request):
        raise ReauthenticationRequired


def after_fresh_sign_in(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Run ``view`` after a fresh sign-in: for names, for ways to reach a person, for copies.

    Stands below ``login_required``; whether the file is open is asked by the view, afterwards:
    to sign in again tells nothing about a number.
    """

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kept: Any) -> HttpResponse:
        check_fresh_sign_in(request)
        return view(request, *args, **kept)

    return shown

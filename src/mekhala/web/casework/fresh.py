"""Before an act that cannot be taken back: was this officer's sign-in a moment ago?"""

import time

from allauth.account.authentication import get_authentication_records
from allauth.core.exceptions import ReauthenticationRequired
from django.http import HttpRequest

FRESH = 15 * 60  # seconds


def check_fresh_sign_in(request: HttpRequest) -> None:
    """Send the officer to sign in again unless it was done in the last 15 minutes.

    What was posted waits in the session and goes on by itself once the officer has signed in
    (allauth keeps it there); it is taken out of the session at that moment.
    """
    records = get_authentication_records(request, request.user)  # type: ignore[arg-type]
    if not records or time.time() - records[-1]["at"] >= FRESH:
        raise ReauthenticationRequired

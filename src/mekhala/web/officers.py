"""The officer who is signed in."""

from django.http import Http404, HttpRequest

from mekhala.safeguards.access.models import Officer


def officer_of(request: HttpRequest) -> Officer:
    """Return the officer of a request whose view requires a sign-in; 404 without one."""
    if not isinstance(request.user, Officer):
        raise Http404
    return request.user

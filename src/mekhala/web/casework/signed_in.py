"""Who is signed in."""

from django.http import HttpRequest

from mekhala.safeguards.access.models import Officer


def officer_of(request: HttpRequest) -> Officer:
    """Return the officer who is signed in; every caller requires it."""
    officer = request.user
    assert isinstance(officer, Officer)
    return officer

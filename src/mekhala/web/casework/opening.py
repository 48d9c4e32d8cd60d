"""Opening a case for one of some purposes: what is not open is not there."""

from collections.abc import Collection
from datetime import datetime

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from mekhala.pathway.encounter.models import Case
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Purpose
from mekhala.safeguards.access.queries import purposes_for


def officer_of(request: HttpRequest) -> Officer:
    """Return the officer who is signed in; every caller requires it."""
    officer = request.user
    assert isinstance(officer, Officer)
    return officer


def case_open_for(
    request: HttpRequest, number: str, purposes: Collection[Purpose], *, now: datetime
) -> Case:
    """Return the case if a live grant opens it for one of ``purposes``; 404 otherwise."""
    if not purposes_for(officer_of(request), number, now=now) & set(purposes):
        raise Http404
    return get_object_or_404(Case, number=number)

"""The door of the rooms that count people: for a statistician there, for others not there."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from mekhala.population.linkage import policies

type View = Callable[..., HttpResponse]


def statisticians_only(view: View) -> View:
    """Answer 404 to officers of other roles: what is not open is not there."""

    @wraps(view)
    def answer(request: HttpRequest, *given: Any, **named: Any) -> HttpResponse:
        if not policies.may_count(request.user):
            raise Http404
        return view(request, *given, **named)

    return login_required(answer)


def year_asked(request: HttpRequest, *, first: int) -> int:
    """Return the year of the address, from ``first`` to this one; this one unless it is given."""
    this_year, asked = timezone.localdate().year, request.GET.get("year", "")
    year = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else this_year
    return min(max(year, first), this_year)

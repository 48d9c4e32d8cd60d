"""Which file a request asks for, known from its address; counted here for every door.

Counting comes before it is known whether the file is open or there at all, in a transaction of
its own: closed and absent files do the same work, and what is refused later stays counted.
"""

from collections.abc import Callable, Mapping

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils import timezone

from mekhala.safeguards.access import queries as access
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.reading import services
from mekhala.safeguards.reading.errors import ReadingLocked

type Answer = Callable[[HttpRequest], HttpResponse]
# What an address names beside a file's own number; each is a row about one person.
ROWS = ("referral_id", "request_id", "task_id", "follow_up_id", "instance_id")
TOO_MANY = 429


def count_reading(request: HttpRequest) -> Answer | None:
    """Count the file a request asks for; return the refusal where the officer reads no more."""
    asked = file_asked_for(request.path_info)
    officer = _reader(request) if asked else None
    if not asked or officer is None:
        return None
    try:
        services.look(officer, asked, door=_door(request), at=timezone.now())
    except ReadingLocked as refusal:
        return _refuse(refusal)
    return None


def file_asked_for(path: str) -> str:
    """Return the number of the file an address leads to, or its kind and id; empty for none."""
    try:
        named = resolve(path)
    except Resolver404:
        return ""
    if "number" in named.kwargs:
        return str(named.kwargs["number"]).upper()
    if named.view_name in ("forms:submission", "forms:attachment"):
        return f"submission:{named.kwargs['pk']}"
    return _row(named.kwargs)


def _row(named: Mapping[str, object]) -> str:
    return next((f"{kind}:{named[kind]}" for kind in ROWS if kind in named), "")


def _reader(request: HttpRequest) -> Officer | None:
    """Return who reads: the officer of a program's token, else the one who is signed in."""
    token = request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
    if token and request.path_info.startswith("/api/"):
        reader = access.officer_with_token(token, now=timezone.now())
        if reader:
            request.reader = reader  # type: ignore[attr-defined]
            return reader
    return request.user if isinstance(request.user, Officer) else None


def _door(request: HttpRequest) -> str:
    """Return the view that answers, never the address: that may hold a number."""
    return resolve(request.path_info).view_name or "api"


def _refuse(refusal: ReadingLocked) -> Answer:
    """Return what answers instead of every file: in words on pages, as JSON to programs."""

    def answer(request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith("/api/"):
            return JsonResponse({"detail": str(refusal)}, status=TOO_MANY)
        return render(request, "reading_locked.html", {"refusal": refusal}, status=TOO_MANY)

    return answer

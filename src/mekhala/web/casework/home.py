"""The first pages: ready or not, and what waits for the officer today."""

from django.contrib.auth.decorators import login_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render


def healthz(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Answer 200 when the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("select 1")
    return HttpResponse("ready\n", content_type="text/plain")


@login_required
def start(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Lead on to the officer's own first page."""
    return redirect("today")


@login_required
def today(request: HttpRequest) -> HttpResponse:
    """Show what waits for the officer."""
    return render(request, "today.html", {})

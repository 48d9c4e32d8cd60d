"""The first pages: ready or not, and what waits for the officer today."""

from django.contrib.auth.decorators import login_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from mekhala.safeguards.access.models import Officer
from mekhala.web.casework.cases.work import work_of
from mekhala.web.navigation import first_page
from mekhala.web.officers import officer_of


def healthz(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Answer 200 when the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("select 1")
    return HttpResponse("ready\n", content_type="text/plain")


@login_required
def start(request: HttpRequest) -> HttpResponse:
    """Lead on to the officer's own first page."""
    return redirect(first_page(officer_of(request).role))


@login_required
def today(request: HttpRequest) -> HttpResponse:
    """Show what waits for the officer, each room's list in the order of the way."""
    officer = request.user
    lists = work_of(officer, now=timezone.now()) if isinstance(officer, Officer) else []
    return render(request, "today.html", {"lists": lists})

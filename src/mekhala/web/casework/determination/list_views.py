"""The whole of a work list of the authority, fifty rows a page."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from mekhala.safeguards.access.purposes import Role
from mekhala.web.casework import clocks
from mekhala.web.casework.cases.work import SHOWN, WorkList
from mekhala.web.casework.determination.lists import KINDS, rows_of, task_of
from mekhala.web.officers import officer_of


@login_required
@require_GET
def to_read(request: HttpRequest, which: str = "reasonable-grounds") -> HttpResponse:
    """Show one list whole; 404 to other roles and for a list that is none."""
    officer, now = officer_of(request), timezone.now()
    if officer.role != Role.AUTHORITY or which not in KINDS:
        raise Http404
    page = Paginator(rows_of(which, officer, now=now), SHOWN).get_page(request.GET.get("page"))
    today = clocks.today_of(now)
    rows = WorkList(
        title=KINDS[which].title, empty=KINDS[which].empty, count=str(page.paginator.count),
        tasks=tuple(task_of(row, today=today) for row in page),
    )  # fmt: skip
    context = {"list": rows, "page": page, "lists": _links(which)}
    return render(request, "determination/to_read.html", context)


@login_required
@require_GET
def reconsiderations(request: HttpRequest) -> HttpResponse:
    """Show what is asked to be looked at again."""
    return to_read(request, "again")


def _links(chosen: str) -> list[dict[str, Any]]:
    return [
        {"href": reverse("determination:work_list", args=[which]), "text": kind.title,
         "active": which == chosen}
        for which, kind in KINDS.items()
    ]  # fmt: skip

"""An officer's notices: fifty to a page, the newest first, each marked as seen by hand."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from mekhala.safeguards.notices import services
from mekhala.safeguards.notices.queries import of
from mekhala.web.casework.notices.ways import ways_of
from mekhala.web.officers import officer_of

PAGE = 50


@login_required
@require_GET
def notices(request: HttpRequest) -> HttpResponse:
    """Show what the officer was told, with the way to each thing that is open to them."""
    officer = officer_of(request)
    page = Paginator(of(officer), PAGE).get_page(request.GET.get("page"))
    ways = ways_of(page, officer, now=timezone.now())
    rows = [{"notice": notice, "href": ways.get(notice.pk, "")} for notice in page]
    return render(request, "notices/list.html", {"page": page, "rows": rows})


@login_required
@require_POST
def mark(request: HttpRequest, notice_id: int) -> HttpResponse:
    """Mark one notice as seen."""
    officer = officer_of(request)
    services.seen(get_object_or_404(of(officer), pk=notice_id), by=officer, at=timezone.now())
    return redirect("notices:list")

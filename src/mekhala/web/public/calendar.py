"""Where "Leave this page" leads unless another place is chosen: the month, as on any wall."""

from calendar import Calendar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from mekhala.web.public.language import in_asked_language


@never_cache
@require_safe
@in_asked_language
def calendar(request: HttpRequest) -> HttpResponse:
    """Show this month. Nothing on the page says whose it is."""
    today = timezone.localdate()
    weeks = Calendar().monthdatescalendar(today.year, today.month)
    return render(request, "public/calendar.html", {"today": today, "weeks": weeks})

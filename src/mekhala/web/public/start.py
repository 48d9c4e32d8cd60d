"""The first public page: what there is."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mekhala.web.public.language import in_asked_language


@require_safe
@in_asked_language
def start(request: HttpRequest) -> HttpResponse:
    """Lead on to the public pages."""
    return render(request, "public/start.html")

"""What is not there, said without a script and without asking who reads."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from mekhala.web.public.language import in_asked_language


@in_asked_language
def absent(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Answer 404 in the frame of the public pages."""
    return render(request, "public/absent.html", status=404)

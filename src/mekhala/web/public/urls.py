"""Addresses of the public door."""

from django.urls import path

from mekhala.web.public.certificate import certificate
from mekhala.web.public.figures import figures_urls
from mekhala.web.public.start import start

urlpatterns = [
    path("", start, name="start"),
    path("certificate/", certificate, name="certificate"),
    *figures_urls,
]
handler404 = "mekhala.web.public.absent.absent"

"""Addresses of the public door."""

from django.urls import path

from mekhala.web.public.calendar import calendar
from mekhala.web.public.certificate import certificate
from mekhala.web.public.figures import figures_urls
from mekhala.web.public.start import start
from mekhala.web.reports import csp_report

urlpatterns = [
    path("", start, name="start"),
    path("calendar/", calendar, name="calendar"),
    path("certificate/", certificate, name="certificate"),
    path("csp-report/", csp_report, name="csp_report"),
    *figures_urls,
]
handler404 = "mekhala.web.public.absent.absent"

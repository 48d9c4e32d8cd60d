"""Addresses of the public door."""

import importlib
from typing import Any

from django.urls import path

from mekhala.web.public.certificate import certificate
from mekhala.web.public.page import HAS_FIGURES
from mekhala.web.public.start import start

_figures: list[Any] = (
    importlib.import_module("mekhala.web.public.figures").figures_urls if HAS_FIGURES else []
)
urlpatterns = [
    path("", start, name="start"),
    path("certificate/", certificate, name="certificate"),
    *_figures,
]

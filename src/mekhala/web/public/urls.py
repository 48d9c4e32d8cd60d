"""Addresses of the public door."""

from mekhala.web.public.figures import figures_urls

urlpatterns = [*figures_urls]

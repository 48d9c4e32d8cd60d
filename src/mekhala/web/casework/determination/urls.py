"""Addresses: the competent authority's file about one case."""

from mekhala.web.casework.determination import deciding_urls, evidence_urls

app_name = "determination"
urlpatterns = [*evidence_urls.urlpatterns, *deciding_urls.urlpatterns]

"""Addresses: the competent authority's file about one case."""

from django.urls import path

from mekhala.web.casework.determination import evidence_urls, views

app_name = "determination"
urlpatterns = [
    *evidence_urls.urlpatterns,
    path("cases/<str:number>/decision/", views.decision, name="decision"),
    path("cases/<str:number>/reasons/", views.reasons, name="reasons"),
]

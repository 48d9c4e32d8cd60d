"""Addresses: the competent authority's file about one case."""

from django.urls import path

from mekhala.web.casework.determination import deciding_urls, views

app_name = "determination"
urlpatterns = [
    path("cases/<str:number>/facts/", views.facts, name="facts"),
    path("cases/<str:number>/facts/new/", views.new_fact, name="new_fact"),
    path("cases/<str:number>/matrix/", views.matrix, name="matrix"),
    *deciding_urls.urlpatterns,
]

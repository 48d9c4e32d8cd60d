"""Addresses: reports about officials."""

from django.urls import path

from mekhala.web.casework.incidents import views

app_name = "incidents"
urlpatterns = [
    path("incidents/", views.incidents, name="list"),
    path("incidents/new/", views.new, name="new"),
    path("incidents/patterns/", views.patterns, name="patterns"),
    path("incidents/<slug:incident>/", views.one, name="one"),
    path("incidents/<slug:incident>/route/", views.route, name="route"),
    path("incidents/<slug:incident>/paper/", views.paper, name="paper"),
    path("incidents/<slug:incident>/reporter/", views.reporter, name="reporter"),
]

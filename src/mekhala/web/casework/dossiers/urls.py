"""Addresses: requests to read court dossiers, and the dossiers as they may be read."""

from django.urls import path

from mekhala.web.casework.dossiers import views

app_name = "dossiers"
urlpatterns = [
    path("dossiers/", views.requests, name="list"),
    path("dossiers/new/", views.new, name="new"),
    path("dossiers/<slug:access>/", views.one, name="one"),
    path("dossiers/<slug:access>/sign/", views.sign, name="sign"),
    path("dossiers/<slug:access>/end/", views.end, name="end"),
    path("dossiers/<slug:access>/file/", views.file, name="file"),
    path("dossiers/<slug:access>/<slug:number>/", views.read, name="read"),
]

"""Addresses: figures and their release."""

from django.urls import path

from mekhala.web.casework.publication import views

app_name = "publication"
urlpatterns = [
    path("figures/", views.figures, name="figures"),
    path("figures/definitions/", views.definitions, name="definitions"),
    path("releases/", views.releases, name="releases"),
    path("releases/new/", views.new, name="new"),
    path("releases/<slug:slug>/", views.one, name="one"),
]

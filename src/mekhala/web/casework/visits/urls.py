"""Addresses: visits to places."""

from django.urls import path

from mekhala.web.casework.visits import views

app_name = "visits"
urlpatterns = [
    path("visits/", views.visits, name="list"),
    path("visits/new/", views.new, name="new"),
    path("visits/figures/", views.figures, name="figures"),
    path("visits/<slug:visit>/", views.one, name="one"),
    path("visits/<slug:visit>/address/", views.address, name="address"),
]

"""Addresses: agencies' lists and their overlaps."""

from django.urls import path

from mekhala.web.casework.linkage import views

app_name = "linkage"
urlpatterns = [
    path("linkage/", views.overview, name="overview"),
    path("linkage/lists/", views.take_list, name="take_list"),
    path("linkage/join/", views.join, name="join"),
    path("linkage/register/", views.take_register, name="take_register"),
    path("linkage/overlaps/<int:pk>.csv", views.overlaps_csv, name="overlaps_csv"),
]

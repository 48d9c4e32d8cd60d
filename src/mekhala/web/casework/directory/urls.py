"""Addresses: services and their places."""

from django.urls import path

from mekhala.web.casework.directory import views

app_name = "directory"
urlpatterns = [
    path("services/", views.services, name="services"),
    path("our/services/", views.ours, name="ours"),
    path("our/services/<int:service_id>/places/", views.places, name="places"),
]

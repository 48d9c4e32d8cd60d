"""Addresses: services and their places."""

from django.urls import path

from mekhala.web.casework.directory import inspecting, views

app_name = "directory"
urlpatterns = [
    path("services/", views.services, name="services"),
    path("our/services/", views.ours, name="ours"),
    path("our/services/<int:service_id>/places/", views.places, name="places"),
    path("our/services/<int:service_id>/address/", views.address, name="address"),
    path("services/<int:service_id>/inspections/", inspecting.inspections, name="inspections"),
    path("services/<int:service_id>/inspections/new/", inspecting.new, name="inspect"),
    path("inspections/findings/<int:finding_id>/met/", inspecting.mended, name="mended"),
    path("inspections/restrictions/<int:restriction_id>/lift/", inspecting.lift, name="lift"),
]

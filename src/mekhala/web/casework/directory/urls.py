"""Addresses: services and their places."""

from django.urls import path

from mekhala.web.casework.directory import inspecting, nights, registering, views

app_name = "directory"
urlpatterns = [
    path("services/", views.services, name="services"),
    path("our/services/", views.ours, name="ours"),
    path("our/services/<int:service_id>/places/", views.places, name="places"),
    path("our/services/<int:service_id>/address/", views.address, name="address"),
    path("our/services/<int:service_id>/opening/", views.opened, name="opened"),
    path("our/services/<int:service_id>/closures/", views.close, name="close"),
    path("our/closures/<int:closure_id>/take-back/", views.receive_again, name="receive_again"),
    path("our/services/<int:service_id>/nights/", nights.nights, name="nights"),
    path("our/nights/<int:stated_id>/take-back/", nights.take_back, name="nights_as_usual"),
    path("services/register/", registering.register, name="register"),
    path("services/register/new/", registering.new, name="register_new"),
    path("services/<int:service_id>/change/", registering.change, name="change"),
    path("services/<int:service_id>/retire/", registering.retire, name="retire"),
    path("providers/<int:agency_id>/registration/", registering.provider, name="provider"),
    path("services/<int:service_id>/inspections/", inspecting.inspections, name="inspections"),
    path("services/<int:service_id>/inspections/new/", inspecting.new, name="inspect"),
    path("inspections/findings/<int:finding_id>/met/", inspecting.mended, name="mended"),
    path("inspections/restrictions/<int:restriction_id>/lift/", inspecting.lift, name="lift"),
]

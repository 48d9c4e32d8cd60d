"""Addresses: the locks that stand, and lifting one."""

from django.urls import path

from mekhala.web.casework.alarms import views

app_name = "alarms"
urlpatterns = [
    path("alarms/", views.alarms, name="list"),
    path("alarms/<int:lock_id>/", views.lift, name="lift"),
]

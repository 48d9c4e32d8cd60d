"""Addresses: the alarms, looking into one, and lifting a lock."""

from django.urls import path

from mekhala.web.casework.alarms import views

app_name = "alarms"
urlpatterns = [
    path("alarms/", views.alarms, name="list"),
    path("alarms/<int:lock_id>/", views.lift, name="lift"),
    path("alarms/invented/<int:alarm_id>/", views.look_into, name="look_into"),
]

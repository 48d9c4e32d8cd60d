"""Addresses: what was asked and seen."""

from django.urls import path

from mekhala.web.casework.screening import meetings, views

app_name = "screening"
urlpatterns = [
    path("screenings/", meetings.meetings, name="meetings"),
    path("cases/<str:number>/screening/", views.shown, name="shown"),
    path("cases/<str:number>/screening/new/", views.new, name="new"),
    path("cases/<str:number>/screening/why/", meetings.why, name="why"),
    path("cases/<str:number>/screening/aid/", views.aid, name="aid"),
]

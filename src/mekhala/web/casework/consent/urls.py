"""Addresses: consent on a case, taking it back, the guardian of a child, and stops."""

from django.urls import path

from mekhala.web.casework.consent import stops, views

app_name = "consent"
urlpatterns = [
    path("cases/<str:number>/consent/", views.page, name="page"),
    path("cases/<str:number>/consent/withdraw/", views.withdraw, name="withdraw"),
    path("cases/<str:number>/consent/guardian/", views.guardian, name="guardian"),
    path("stops/", stops.listed, name="stops"),
    path("stops/<int:stop_id>/", stops.one, name="stop"),
]

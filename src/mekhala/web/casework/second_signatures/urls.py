"""Addresses of second signatures."""

from django.urls import path

from mekhala.web.casework.second_signatures import views

app_name = "second_signatures"
urlpatterns = [
    path("second-signatures/", views.listed, name="list"),
    path("second-signatures/ask/", views.ask, name="ask"),
    path("second-signatures/<int:signature_id>/", views.one, name="one"),
    path("second-signatures/<int:signature_id>/take-back/", views.take_back, name="take_back"),
    path("second-signatures/<int:signature_id>/half/", views.half, name="half"),
]

"""Addresses: estimates of hidden populations."""

from django.urls import path

from mekhala.web.casework.estimates import views

app_name = "estimates"
urlpatterns = [
    path("estimates/", views.runs, name="runs"),
    path("estimates/new/", views.new, name="new"),
    path("estimates/<int:pk>/", views.run, name="run"),
]

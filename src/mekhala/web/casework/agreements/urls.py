"""Addresses of sharing agreements."""

from django.urls import path

from mekhala.web.casework.agreements import views

app_name = "agreements"
urlpatterns = [
    path("agreements/", views.listed, name="list"),
    path("agreements/new/", views.new, name="new"),
    path("agreements/lead/", views.lead, name="lead"),
    path("agreements/<int:pk>/", views.one, name="one"),
]

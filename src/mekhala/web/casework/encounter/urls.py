"""Addresses: meeting somebody: opening a case."""

from django.urls import path

from mekhala.web.casework.encounter import views

app_name = "encounter"
urlpatterns = [
    path("encounters/new/", views.new, name="new"),
    path("cases/<str:number>/encounters/new/", views.again, name="again"),
]

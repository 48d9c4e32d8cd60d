"""Addresses: closing a case, and what is kept how long."""

from django.urls import path

from mekhala.web.casework.retention import views

app_name = "retention"
urlpatterns = [
    path("cases/<str:number>/close/", views.close, name="close"),
    path("cases/<str:number>/erase/", views.erase, name="erase"),
    path("office/retention/", views.office, name="office"),
]

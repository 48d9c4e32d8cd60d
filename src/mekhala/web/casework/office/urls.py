"""Addresses of the administrator's pages."""

from django.urls import path

from mekhala.web.casework.office import views

app_name = "office"
urlpatterns = [
    path("office/officers/", views.officers, name="officers"),
    path("office/officers/new/", views.new, name="new"),
    path("office/officers/<int:pk>/", views.officer, name="officer"),
]

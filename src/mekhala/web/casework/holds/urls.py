"""Addresses: the legal holds on a case and on a proceeding."""

from django.urls import path

from mekhala.web.casework.holds import views

app_name = "holds"
urlpatterns = [
    path("cases/<str:number>/holds/", views.of_case, name="case"),
    path("proceedings/<slug:number>/holds/", views.of_proceeding, name="proceeding"),
]

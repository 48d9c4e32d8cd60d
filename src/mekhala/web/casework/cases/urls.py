"""Addresses: the list of cases, finding one, and its overview."""

from django.urls import path

from mekhala.web.casework.cases import export, finding, views

app_name = "cases"
urlpatterns = [
    path("cases/", views.case_list, name="list"),
    path("cases/find/", finding.by_number, name="find"),
    path("cases/find/person/", finding.by_person, name="find_person"),
    path("cases/export/", export.export, name="export"),
    path("cases/export/<int:signature_id>/", export.export_signed, name="export_signed"),
    path("cases/<str:number>/", views.overview, name="overview"),
    path("cases/<str:number>/history/", views.history, name="history"),
    path("cases/<str:number>/looks/", views.looks, name="looks"),
    path("cases/<str:number>/looks/print/", views.looks_paper, name="looks_paper"),
    path("cases/<str:number>/reveal/", views.reveal, name="reveal"),
]

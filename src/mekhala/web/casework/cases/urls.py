"""Addresses: the list of cases, finding one, and its overview."""

from django.urls import path

from mekhala.web.casework.cases import views

app_name = "cases"
urlpatterns = [
    path("cases/", views.case_list, name="list"),
    path("cases/find/", views.find, name="find"),
    path("cases/<str:number>/", views.overview, name="overview"),
    path("cases/<str:number>/history/", views.history, name="history"),
    path("cases/<str:number>/looks/", views.looks, name="looks"),
    path("cases/<str:number>/looks/print/", views.looks_paper, name="looks_paper"),
    path("cases/<str:number>/reveal/", views.reveal, name="reveal"),
]

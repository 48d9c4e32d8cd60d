"""Addresses: redress of a case and of a proceeding, the same pages on both."""

from django.urls import path

from mekhala.web.casework.redress import views

app_name = "redress"
urlpatterns = [
    path("cases/<str:number>/redress/", views.of_case, name="case"),
    path("cases/<str:number>/redress/add/<slug:what>/", views.add_to_case, name="add_to_case"),
    path(
        "cases/<str:number>/redress/<slug:row>/<slug:act>/", views.act_in_case,
        name="act_in_case",
    ),
    path("proceedings/<slug:number>/redress/", views.of_proceeding, name="proceeding"),
    path(
        "proceedings/<slug:number>/redress/add/<slug:what>/", views.add_to_proceeding,
        name="add_to_proceeding",
    ),
    path(
        "proceedings/<slug:number>/redress/<slug:row>/<slug:act>/", views.act_in_proceeding,
        name="act_in_proceeding",
    ),
]  # fmt: skip

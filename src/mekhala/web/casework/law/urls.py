"""Addresses: the statutes kept, one of them, one article."""

from django.urls import path

from mekhala.web.casework.law import views

app_name = "law"
urlpatterns = [
    path("law/", views.index, name="index"),
    path("law/<slug:statute>/", views.one_statute, name="statute"),
    path("law/<slug:statute>/<slug:article>/", views.one_article, name="article"),
]

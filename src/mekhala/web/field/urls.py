"""Addresses phones call. They end without a slash, and nothing is redirected."""

from django.urls import path

from mekhala.web.field import views

app_name = "field"
urlpatterns = [
    path("formList", views.form_list, name="form_list"),
    path("forms/<int:pk>.xml", views.form, name="form"),
    path("submission", views.submission, name="submission"),
]

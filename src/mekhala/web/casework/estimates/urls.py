"""Addresses: estimates of hidden populations."""

from django.urls import path

from mekhala.web.casework.estimates import copies, views

app_name = "estimates"
urlpatterns = [
    path("estimates/", views.runs, name="runs"),
    path("estimates/new/", views.new, name="new"),
    path("estimates/<int:pk>/", views.run, name="run"),
    path("estimates/<int:pk>/repeat/", views.repeat, name="repeat"),
    path("estimates/<int:pk>/sign/", views.sign, name="sign"),
    path("estimates/<int:pk>/report.html", copies.report, name="report"),
    path("estimates/<int:pk>/answer.json", copies.answer, name="answer"),
]

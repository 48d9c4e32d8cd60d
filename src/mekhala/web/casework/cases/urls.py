"""Addresses: the list of cases, finding one, and its overview."""

from django.urls import path  # noqa: F401

app_name = "cases"
urlpatterns: list = []

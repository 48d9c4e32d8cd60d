"""Addresses: meeting somebody: opening a case."""

from django.urls import path  # noqa: F401

app_name = "encounter"
urlpatterns: list = []

"""Addresses: proceedings, accused, charges, steps."""

from django.urls import path  # noqa: F401

app_name = "justice"
urlpatterns: list = []

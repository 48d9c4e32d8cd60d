"""Addresses: forms: upload, versions, filling, submissions."""

from django.urls import path  # noqa: F401

app_name = "forms"
urlpatterns: list = []

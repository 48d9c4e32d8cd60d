"""Addresses: published figures and whence they come."""

from django.urls import path  # noqa: F401

app_name = "claims"
urlpatterns: list = []

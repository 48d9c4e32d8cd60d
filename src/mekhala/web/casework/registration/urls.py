"""Addresses: the register and its certificate."""

from django.urls import path  # noqa: F401

app_name = "registration"
urlpatterns: list = []

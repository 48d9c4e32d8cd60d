"""Addresses: the authority's file: findings, readings, decision, reasons."""

from django.urls import path  # noqa: F401

app_name = "determination"
urlpatterns: list = []

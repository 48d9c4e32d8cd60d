"""Addresses: asking a service, answering, need unmet."""

from django.urls import path  # noqa: F401

app_name = "referral"
urlpatterns: list = []

"""Addresses phones call."""

app_name = "field"
urlpatterns: list = []

"""Addresses: published figures and whence they come."""

from django.urls import path

from mekhala.web.casework.claims import views

app_name = "claims"
urlpatterns = [
    path("claims/", views.claims, name="claims"),
    path("claims/upload/", views.upload, name="upload"),
    path("claims/<path:claim_id>/", views.claim, name="claim"),
]

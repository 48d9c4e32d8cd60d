"""Addresses: opening a file, what is seen of it, and reviewing that."""

from django.urls import path

from mekhala.web.casework.emergency import review_views, views

app_name = "emergency"
urlpatterns = [
    path("emergencies/new/", views.new, name="new"),
    path("emergencies/", review_views.to_review, name="to_review"),
    path("emergencies/<int:opening_id>/", review_views.review, name="review"),
    path("cases/<str:number>/emergency/", views.file, name="file"),
    path("cases/<str:number>/emergency/name/", views.name, name="name"),
]

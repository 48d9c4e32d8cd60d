"""Addresses: an officer's notices, and marking one as seen."""

from django.urls import path

from mekhala.web.casework.notices import views

app_name = "notices"
urlpatterns = [
    path("notices/", views.notices, name="list"),
    path("notices/<int:notice_id>/seen/", views.mark, name="seen"),
]

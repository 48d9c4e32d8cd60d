"""Addresses: reading, deciding, the clock, and asking again."""

from django.urls import path

from mekhala.web.casework.determination import again_views, clock_views, list_views, reading_views

urlpatterns = [
    path("cases/<str:number>/decision/", reading_views.decision, name="decision"),
    path("cases/<str:number>/tie/", reading_views.tie, name="tie"),
    path("cases/<str:number>/clock/", clock_views.clock_page, name="clock"),
    path("cases/<str:number>/reasons/", again_views.reasons, name="reasons"),
    path(
        "cases/<str:number>/reconsideration/", again_views.reconsideration, name="reconsideration"
    ),
    path("to-read/", list_views.to_read, name="to_read"),
    path("to-read/<slug:which>/", list_views.to_read, name="work_list"),
    path("reconsiderations/", list_views.reconsiderations, name="reconsiderations"),
]  # fmt: skip

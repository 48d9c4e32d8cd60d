"""Addresses: how the authority decides, by calendar year and by month."""

from django.urls import path

from mekhala.web.casework.quality import route_views, views

app_name = "quality"
urlpatterns = [
    path("quality/", views.this_year, name="this_year"),
    path("quality/route/", route_views.way, name="route"),
    path("quality/<slug:period>/", views.one_period, name="period"),
    path("quality/<slug:period>.csv", views.as_file, name="csv"),
]

"""Addresses of the administrator's pages, and of everybody's own tokens and devices."""

from django.urls import path

from mekhala.web.casework.office import (
    agencies_views,
    keys_views,
    phones_views,
    tokens_views,
    views,
)

app_name = "office"
urlpatterns = [
    path("office/officers/", views.officers, name="officers"),
    path("office/officers/new/", views.new, name="new"),
    path("office/officers/<int:pk>/", views.officer, name="officer"),
    path("office/officers/<int:pk>/move/", views.move, name="move"),
    path("office/officers/<int:pk>/keys/", keys_views.keys_of, name="keys_of"),
    path("office/agencies/", agencies_views.agencies, name="agencies"),
    path("office/agencies/new/", agencies_views.new, name="new_agency"),
    path("office/agencies/<slug:code>/", agencies_views.agency, name="agency"),
    path("account/keys/", keys_views.own_keys, name="own_keys"),
    path("account/keys/new/", tokens_views.new_token, name="new_token"),
    path("account/phones/new/", phones_views.new_phone, name="new_phone"),
]

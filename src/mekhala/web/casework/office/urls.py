"""Addresses of the administrator's pages, and of everybody's own tokens and devices."""

from django.urls import path

from mekhala.web.casework.office import keys_views, phones_views, views

app_name = "office"
urlpatterns = [
    path("office/officers/", views.officers, name="officers"),
    path("office/officers/new/", views.new, name="new"),
    path("office/officers/<int:pk>/", views.officer, name="officer"),
    path("office/officers/<int:pk>/move/", views.move, name="move"),
    path("office/officers/<int:pk>/keys/", keys_views.keys_of, name="keys_of"),
    path("account/keys/", keys_views.own_keys, name="own_keys"),
    path("account/phones/new/", phones_views.new_phone, name="new_phone"),
]

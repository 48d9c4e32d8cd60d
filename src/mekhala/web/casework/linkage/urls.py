"""Addresses: agencies' lists and their overlaps."""

from django.urls import path

from mekhala.web.casework.linkage import list_views, source_views, views

app_name = "linkage"
urlpatterns = [
    path("linkage/", views.overview, name="overview"),
    path("linkage/lists/", views.take_list, name="take_list"),
    path("linkage/lists/new/", list_views.new_list, name="new_list"),
    path("linkage/lists/<int:pk>/", list_views.one, name="list"),
    path("linkage/lists/<int:pk>/apart.csv", list_views.apart_csv, name="apart_csv"),
    path("linkage/lists/<int:pk>/end/", list_views.end, name="end_list"),
    path("linkage/mappings/", list_views.keep_mapping, name="keep_mapping"),
    path("linkage/mappings/propose/", list_views.propose, name="propose"),
    path("linkage/sources/", source_views.register, name="sources"),
    path("linkage/definitions/", source_views.define_list, name="define_list"),
    path("linkage/nestings/", source_views.declare_nested, name="declare_nested"),
    path("linkage/nestings/<int:pk>/end/", source_views.take_back_nested, name="take_back_nested"),
    path("linkage/join/", views.join, name="join"),
    path("linkage/register/", views.take_register, name="take_register"),
    path("linkage/overlaps/<int:pk>.csv", views.overlaps_csv, name="overlaps_csv"),
]

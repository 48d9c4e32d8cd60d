"""Addresses: evidence of a proceeding."""

from django.urls import path

from mekhala.web.casework.evidence import views

app_name = "evidence"
OF = "proceedings/<slug:number>/evidence/"
urlpatterns = [
    path(OF, views.register, name="register"),
    path(f"{OF}new/", views.new, name="new"),
    path(f"{OF}matrix/", views.matrix, name="matrix"),
    path(f"{OF}lists/", views.lists, name="lists"),
    path(f"{OF}lists/new/<slug:accused>/", views.new_list, name="new_list"),
    path(f"{OF}lists/<slug:listed>/", views.one_list, name="list"),
    path(f"{OF}<slug:item>/", views.item, name="item"),
    path(f"{OF}<slug:item>/file/", views.file, name="file"),
    path(f"{OF}<slug:item>/move/", views.move, name="move"),
    path(f"{OF}<slug:item>/bear/", views.bear, name="bear"),
]

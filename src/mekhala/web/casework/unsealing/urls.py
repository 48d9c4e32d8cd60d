"""Addresses: the orders for the name behind a case, and opening it under one of them."""

from django.urls import path

from mekhala.web.casework.unsealing import views

app_name = "unsealing"
urlpatterns = [
    path("cases/<str:number>/name-for-law/", views.orders, name="orders"),
    path("cases/<str:number>/name-for-law/<int:order_id>/", views.open_name, name="open"),
]

"""Addresses: the register and its certificate."""

from django.urls import path

from mekhala.web.casework.registration import views

app_name = "registration"
urlpatterns = [
    path("cases/<str:number>/registration/", views.registration, name="registration"),
    path("cases/<str:number>/registration/certificate/", views.certificate, name="certificate"),
    path("cases/<str:number>/registration/withdraw/", views.withdraw, name="withdraw"),
]

"""Addresses: the register and its certificate."""

from django.urls import path

from mekhala.web.casework.registration import announcing, counting, same_person, views

app_name = "registration"
urlpatterns = [
    path("cases/<str:number>/registration/", views.registration, name="registration"),
    path("cases/<str:number>/registration/certificate/", views.certificate, name="certificate"),
    path("cases/<str:number>/registration/withdraw/", views.withdraw, name="withdraw"),
    path("registrations/<str:number>/same-person/", same_person.same_person_page,
         name="same_person"),
    path("registrations/<str:number>/same-person/<uuid:judgement>/", same_person.take_back,
         name="take_back"),
    path("cases/<str:number>/duty-to-register/", announcing.announcement, name="announcement"),
    path("registrations/duties/", announcing.duties, name="duties"),
    path("registrations/counts/", counting.entered, name="counts"),
    path("registrations/asked/<uuid:question>/", same_person.asked, name="asked"),
]  # fmt: skip

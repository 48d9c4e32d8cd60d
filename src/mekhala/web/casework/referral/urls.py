"""Addresses: asking a service, answering, need unmet."""

from django.urls import path

from mekhala.web.casework.referral import answering, asking

app_name = "referral"
urlpatterns = [
    path("cases/<str:number>/match/", asking.match, name="match"),
    path("cases/<str:number>/match/unmet/", asking.unmet, name="unmet"),
    path("cases/<str:number>/match/<int:service_id>/", asking.ask, name="ask"),
    path("cases/<str:number>/referrals/", asking.of_case, name="of_case"),
    path("cases/<str:number>/referrals/<int:referral_id>/end/", asking.end, name="end"),
    path("referrals/in/", answering.waiting, name="waiting"),
    path("referrals/in/<int:referral_id>/", answering.one, name="one"),
    path("referrals/in/<int:referral_id>/accept/", answering.accept, name="accept"),
]

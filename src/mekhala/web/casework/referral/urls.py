"""Addresses: asking a service, answering, need unmet."""

from django.urls import path

from mekhala.web.casework.referral import answering, asking, going_on, placing

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
    path("referrals/in/<int:referral_id>/ask-back/", going_on.ask_back, name="ask_back"),
    path("referrals/in/<int:referral_id>/arrived/", going_on.arrived, name="arrived"),
    path(
        "referrals/in/<int:referral_id>/arrived/take-back/",
        going_on.take_back_arrival,
        name="arrival_back",
    ),
    path("cases/<str:number>/referrals/<int:referral_id>/place/", going_on.place, name="place"),
    path("cases/<str:number>/referrals/<int:referral_id>/link/", going_on.link, name="link"),
    path("cases/<str:number>/referrals/asked/<int:question_id>/", going_on.tell, name="tell"),
    path("placements/", placing.placements, name="placements"),
    path("placements/<str:number>/", placing.placement, name="placement"),
    path("unmet-need/", going_on.unmet_need, name="unmet_need"),
    path("unmet-need/unmet-need.csv", going_on.unmet_csv, name="unmet_csv"),
]

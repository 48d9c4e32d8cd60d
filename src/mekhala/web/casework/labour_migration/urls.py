"""Addresses: agencies and their reviews, workers' files, village funds."""

from django.urls import path

from mekhala.web.casework.labour_migration import agencies, funds, volume, workers

app_name = "recruitment"
urlpatterns = [
    path("recruitment/", agencies.agencies, name="agencies"),
    path("recruitment/rates/", agencies.rates, name="rates"),
    path("recruitment/volume/", volume.volume, name="volume"),
    path("recruitment/new/", agencies.new, name="new"),
    path("recruitment/reviews/<int:review_id>/", agencies.review, name="review"),
    path("recruitment/complaints/<int:incident_id>/", agencies.look_into, name="look_into"),
    path("recruitment/<int:recruiter_id>/", agencies.agency, name="agency"),
    path("recruitment/<int:recruiter_id>/<slug:act>/", agencies.act, name="act"),
    path("departures/", workers.workers, name="workers"),
    path("departures/complain/", workers.complain, name="complain"),
    path("departures/<str:worker>/", workers.worker, name="worker"),
    path("departures/<str:worker>/do/<slug:matter>/", workers.act, name="worker_act"),
    path("departures/<str:worker>/contract/<int:departure_id>/", workers.contract, name="contract"),
    path("departures/<str:worker>/ask/<int:ask_id>/", workers.asking, name="asking"),
    path("village-funds/", funds.funds, name="funds"),
    path("village-funds/new/", funds.new, name="new_fund"),
    path("village-funds/<int:pk>/", funds.fund, name="fund"),
    path("village-funds/<int:pk>/lines/<int:line>/", funds.take_back, name="take_back"),
]

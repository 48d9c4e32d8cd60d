"""Addresses: published figures and whence they come."""

from django.urls import path

from mekhala.web.casework.claims import changing, comparing, views

app_name = "claims"
urlpatterns = [
    path("claims/", views.claims, name="claims"),
    path("claims/all.csv", views.as_file, name="csv"),
    path("claims/series/", views.series, name="series"),
    path("claims/remarks/", views.remarks, name="remarks"),
    path("claims/beside/", comparing.beside, name="beside"),
    path("claims/wholes/", comparing.wholes, name="wholes"),
    path("claims/upload/", changing.upload, name="upload"),
    path("claims/add/", changing.add, name="add"),
    path("claims/<path:claim_id>/correct/", changing.correct, name="correct"),
    path("claims/<path:claim_id>/history/", changing.history, name="history"),
    path("claims/<path:claim_id>/", views.claim, name="claim"),
]

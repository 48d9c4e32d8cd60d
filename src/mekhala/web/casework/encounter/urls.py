"""Addresses: meeting somebody: opening a case, and how to reach the person."""

from django.urls import path

from mekhala.web.casework.encounter import refusals, views
from mekhala.web.casework.encounter.safe_contact import safe_contact

app_name = "encounter"
urlpatterns = [
    path("encounters/numbers/", refusals.numbers, name="numbers"),
    path("refusals/", refusals.counted, name="refusals"),
    path("encounters/new/", views.new, name="new"),
    path("cases/<str:number>/encounters/new/", views.again, name="again"),
    path("cases/<str:number>/safe-contact/", safe_contact, name="safe_contact"),
]

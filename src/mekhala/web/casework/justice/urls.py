"""Addresses: proceedings, accused, charges, steps."""

from django.urls import path

from mekhala.web.casework.justice import views

app_name = "justice"
urlpatterns = [
    path("proceedings/", views.proceedings, name="proceedings"),
    path("proceedings/new/", views.file_complaint, name="new"),
    path("proceedings/<slug:number>/", views.proceeding, name="proceeding"),
    path("proceedings/<slug:number>/accused/new/", views.add_accused, name="add_accused"),
    path("proceedings/<slug:number>/assign/", views.assign, name="assign"),
    path("accused/<slug:number>/steps/new/", views.record_step, name="record_step"),
    path("accused/<slug:number>/charges/new/", views.charge, name="charge"),
    path("accused/<slug:number>/charges/<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("accused/<slug:number>/reveal/", views.reveal, name="reveal"),
]

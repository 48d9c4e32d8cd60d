"""Addresses: proceedings, accused, charges, steps."""

from django.urls import path

from mekhala.web.casework.justice import views

app_name = "justice"
urlpatterns = [
    path("proceedings/", views.proceedings, name="proceedings"),
    path("proceedings/new/", views.file_complaint, name="new"),
    path("proceedings/<str:number>/", views.proceeding, name="proceeding"),
    path("proceedings/<str:number>/accused/new/", views.add_accused, name="add_accused"),
    path("proceedings/<str:number>/assign/", views.assign, name="assign"),
    path("accused/<str:number>/steps/new/", views.record_step, name="record_step"),
    path("accused/<str:number>/charges/new/", views.charge, name="charge"),
    path("accused/<str:number>/charges/<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("accused/<str:number>/reveal/", views.reveal, name="reveal"),
]

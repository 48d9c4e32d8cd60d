"""Addresses: proceedings, accused, charges, steps, entries, hearings, checks."""

from django.urls import path

from mekhala.web.casework.justice import accused_views, court_views, sheets, views

app_name = "justice"
urlpatterns = [
    path("proceedings/", views.proceedings, name="proceedings"),
    path("proceedings/new/", views.file_complaint, name="new"),
    path("proceedings/hearings/", court_views.hearings, name="hearings"),
    path("hearings/", court_views.to_watch, name="to_watch"),
    path("proceedings/legal-aid/", court_views.queue, name="queue"),
    path("proceedings/checks/", court_views.checks, name="checks"),
    path("proceedings/<slug:number>/", views.proceeding, name="proceeding"),
    path("proceedings/<slug:number>/accused/new/", views.add_accused, name="add_accused"),
    path("proceedings/<slug:number>/assign/", views.assign, name="assign"),
    path("proceedings/<slug:number>/hand-on/", accused_views.hand_on, name="hand_on"),
    path("proceedings/<slug:number>/hearings/new/", court_views.plan_hearing, name="plan_hearing"),
    path(
        "proceedings/<slug:number>/hearings/<slug:hearing>/put-off/", court_views.put_off,
        name="put_off",
    ),
    path("accused/<slug:number>/", accused_views.accused, name="accused"),
    path("accused/<slug:number>/about/", accused_views.describe, name="describe"),
    path("accused/<slug:number>/fair-trial/", accused_views.fair_trial_page, name="fair_trial"),
    path("accused/<slug:number>/told/new/", accused_views.add_told, name="add_told"),
    path(
        "accused/<slug:number>/told/<int:told_id>/sent/", accused_views.letter_sent,
        name="letter_sent",
    ),
    path("accused/<slug:number>/check/", court_views.check, name="check"),
    path("accused/<slug:number>/check/<int:check_id>/", court_views.checked, name="checked"),
    path("accused/<slug:number>/steps/new/", views.record_step, name="record_step"),
    path("accused/<slug:number>/charges/new/", views.charge, name="charge"),
    path("accused/<slug:number>/charges/<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("accused/<slug:number>/reveal/", views.reveal, name="reveal"),
    path("accused/<slug:number>/sheets/", sheets.sheets, name="sheets"),
    path("accused/<slug:number>/sheets/<int:sheet_id>/", sheets.sheet, name="sheet"),
    path("accused/<slug:number>/sheets/<int:sheet_id>/picture/", sheets.picture, name="picture"),
    path("accused/<slug:number>/<slug:entry>/", accused_views.entries, name="entries"),
    path("accused/<slug:number>/<slug:entry>/new/", accused_views.add_entry, name="add_entry"),
]  # fmt: skip

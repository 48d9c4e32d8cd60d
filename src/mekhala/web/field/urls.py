"""Addresses phones call. OpenRosa's end without a slash, and nothing is redirected."""

from django.urls import path

from mekhala.web.field import browser, practice, shell, views

app_name = "field"
urlpatterns = [
    path("", shell.page, name="page"),
    path("calendar/", shell.calendar, name="calendar"),
    path("worker.js", shell.worker, name="worker"),
    path("manifest.json", shell.manifest, name="app_manifest"),
    path("app/<str:name>", shell.part, name="part"),
    path("enrol", browser.enrol, name="enrol"),
    path("standing", browser.standing, name="standing"),
    path("contact", browser.contact, name="contact"),
    path("sealed", browser.sealed, name="sealed"),
    path("formList", views.form_list, name="form_list"),
    path("forms/<int:pk>.xml", views.form, name="form"),
    path("forms/<int:pk>/manifest", views.manifest, name="manifest"),
    path("forms/<int:pk>/files/<str:md5>/<str:name>", views.media, name="media"),
    path("practice/formList", practice.form_list, name="practice_list"),
    path("practice/forms/<int:pk>.xml", practice.form, name="practice_form"),
    path("practice/submission", practice.submission, name="practice_submission"),
    path("submission", views.submission, name="submission"),
]

"""Addresses: forms: upload, versions, filling, submissions."""

from django.urls import path

from mekhala.web.casework.forms import submissions, views

app_name = "forms"
urlpatterns = [
    path("forms/", views.forms, name="list"),
    path("forms/upload/", views.upload, name="upload"),
    path("forms/versions/<int:pk>.xml", views.xform, name="xform"),
    path("forms/<path:form_id>/fill/", views.fill, name="fill"),
    path("forms/<path:form_id>/", views.versions, name="versions"),
    path("submissions/", submissions.received, name="submissions"),
    path("submissions/<int:pk>/", submissions.submission, name="submission"),
    path("submissions/<int:pk>/files/<int:file_pk>/", submissions.attachment, name="attachment"),
]

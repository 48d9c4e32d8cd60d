"""Addresses: forms: upload, versions, filling, submissions."""

from django.urls import path

from mekhala.web.casework.forms import (
    agencies,
    counted,
    envelopes,
    mappings,
    submissions,
    training,
    use,
    versions,
    views,
)

app_name = "forms"
urlpatterns = [
    path("forms/", views.forms, name="list"),
    path("forms/upload/", views.upload, name="upload"),
    path("forms/shipped/", views.shipped, name="shipped"),
    path("forms/versions/<int:pk>.xml", views.xform, name="xform"),
    path("forms/versions/<int:pk>/", versions.version, name="version"),
    path("forms/versions/<int:pk>/difference/", versions.difference, name="difference"),
    path("forms/versions/<int:pk>/files/", versions.files, name="files"),
    path("forms/versions/<int:pk>/files/<int:file_pk>/", versions.file, name="file"),
    path("forms/versions/<int:pk>/adoption/", versions.adoption, name="adoption"),
    path("forms/versions/<int:pk>/adoption/back/", versions.adoption_back, name="adoption-back"),
    path("forms/versions/<int:pk>/media/<str:name>", versions.media, name="media"),
    path("forms/versions/<int:pk>/answers/", counted.counted, name="counted"),
    path("forms/versions/<int:pk>/answers.csv", counted.as_file, name="counted-csv"),
    path("forms/versions/<int:pk>/paper/", versions.paper, name="paper"),
    path("forms/versions/<int:pk>/use/", versions.use, name="use"),
    path("forms/versions/<int:pk>/withdraw/", versions.withdraw, name="withdraw"),
    path("forms/versions/<int:pk>/mapping/", mappings.mapping, name="mapping"),
    path("forms/versions/<int:pk>/mapping/again/", mappings.again, name="mapping-again"),
    path("training/", training.standing, name="training"),
    path("training/new/", training.record, name="record-training"),
    path("training/practice/", training.practice, name="practice"),
    path("use-of-forms/", use.use, name="use"),
    path("use-of-forms/<slug:period>/", use.use, name="use-month"),
    path("use-of-forms/<slug:period>.csv", use.as_file, name="use-csv"),
    path("forms/<path:form_id>/agencies/", agencies.agencies, name="agencies"),
    path("forms/<path:form_id>/fill/", views.fill, name="fill"),
    path("forms/<path:form_id>/", views.versions, name="versions"),
    path("submissions/sealed/", envelopes.envelopes, name="envelopes"),
    path("submissions.csv", submissions.as_file, name="submissions-csv"),
    path("submissions/", submissions.received, name="submissions"),
    path("submissions/<int:pk>/", submissions.submission, name="submission"),
    path("submissions/<int:pk>/take/", mappings.take, name="take"),
    path("submissions/<int:pk>/files/<int:file_pk>/", submissions.attachment, name="attachment"),
]

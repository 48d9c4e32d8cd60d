"""Addresses: what became of complaints, what convictions rest on, how long sentences are."""

from django.urls import path

from mekhala.web.casework.courts import sentence_views, views

app_name = "courts"
urlpatterns = [
    path("courts/", views.cohorts, name="cohorts"),
    path("courts/cohorts.csv", views.cohorts_file, name="cohorts_file"),
    path("courts/convictions/", views.convictions, name="convictions"),
    path("courts/convictions.csv", views.convictions_file, name="convictions_file"),
    path("courts/sentences/", sentence_views.tables, name="tables"),
    path("courts/sentences/add/", sentence_views.add, name="add"),
    path("courts/sentences/take/", sentence_views.take, name="take"),
    path("courts/sentences/<int:pk>/", sentence_views.table, name="table"),
    path("courts/sentences/<int:pk>.csv", sentence_views.table_file, name="table_file"),
]

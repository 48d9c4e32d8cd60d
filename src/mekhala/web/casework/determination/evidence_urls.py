"""Addresses: facts, tellings, questions and their answers, the matrix."""

from django.urls import path

from mekhala.web.casework.determination import (
    asking_views,
    continuum_views,
    evidence_views,
    matrix_views,
)

urlpatterns = [
    path("cases/<str:number>/facts/", evidence_views.facts, name="facts"),
    path("cases/<str:number>/facts/new/", evidence_views.new_fact, name="new_fact"),
    path("cases/<str:number>/facts/ask/", asking_views.ask, name="ask"),
    path(
        "cases/<str:number>/facts/asked/<int:request_id>/take-back/",
        asking_views.take_back,
        name="take_back",
    ),
    path("cases/<str:number>/sources/new/", evidence_views.new_source, name="new_source"),
    path("cases/<str:number>/sources/<int:source_id>/", evidence_views.source, name="source"),
    path(
        "cases/<str:number>/sources/<int:source_id>/facts/",
        evidence_views.statement,
        name="statement",
    ),
    path("cases/<str:number>/returned/<int:request_id>/", asking_views.returned, name="returned"),
    path("cases/<str:number>/matrix/", matrix_views.matrix, name="matrix"),
    path("cases/<str:number>/continuum/", continuum_views.continuum, name="continuum"),
]

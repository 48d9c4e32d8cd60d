"""Addresses: the registers of institutions."""

from django.urls import path

from mekhala.web.casework.institutions import mandates, projects, requests, teaching

app_name = "institutions"
urlpatterns = [
    path("institutions/", mandates.mandates, name="mandates"),
    path("institutions/mandates/new/", mandates.new, name="new_mandate"),
    path("institutions/mandates/<int:pk>/", mandates.mandate, name="mandate"),
    path("institutions/projects/", projects.projects, name="projects"),
    path("institutions/projects/new/", projects.new, name="new_project"),
    path("institutions/projects/<int:pk>/", projects.project, name="project"),
    path("institutions/projects/<int:pk>/correct/", projects.correct, name="correct_project"),
    path("institutions/requests/", requests.requests, name="requests"),
    path("institutions/requests/new/", requests.new, name="new_request"),
    path("institutions/requests/<int:pk>/", requests.request, name="request"),
    path("institutions/teaching/", teaching.teaching, name="teaching"),
    path("institutions/teaching/new/", teaching.new, name="new_taught"),
    path("institutions/teaching/<int:pk>/", teaching.taught, name="taught"),
]

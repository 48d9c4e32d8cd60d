"""Addresses: the registers of institutions."""

from django.urls import path

from mekhala.web.casework.institutions import (
    mandates,
    oversight,
    overview,
    projects,
    requests,
    teaching,
)

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
    path("institutions/overview/", overview.overview, name="overview"),
    path("institutions/bodies/", oversight.bodies, name="bodies"),
    path("institutions/bodies/new/", oversight.new_body_change, name="new_body_change"),
    path("institutions/reports/", oversight.reports, name="reports"),
    path("institutions/reports/new/", oversight.new_report, name="new_report"),
    path("institutions/reports/<int:pk>/", oversight.report, name="report"),
    path("institutions/targets/", oversight.targets, name="targets"),
    path("institutions/targets/new/", oversight.new_target, name="new_target"),
    path("institutions/targets/<int:pk>/", oversight.target, name="target"),
    path("institutions/policies/", oversight.adopted, name="policies"),
    path("institutions/policies/new/", oversight.new_policy, name="new_policy"),
    path("institutions/policies/<int:pk>/", oversight.policy, name="policy"),
]

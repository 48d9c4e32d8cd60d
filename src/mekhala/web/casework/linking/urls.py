"""Addresses: linkage runs, the review of their pairs, and the funnel."""

from django.urls import path

from mekhala.web.casework.linking import copies, funnel_views, person_views, review_views, run_views

app_name = "linking"
urlpatterns = [
    path("linkage/runs/", run_views.runs, name="runs"),
    path("linkage/runs/new/", run_views.new, name="new"),
    path("linkage/runs/<int:pk>/", run_views.run, name="run"),
    path("linkage/runs/<int:pk>/repeat/", run_views.repeat, name="repeat"),
    path("linkage/runs/<int:pk>/reviewers/", run_views.name_reviewer, name="name_reviewer"),
    path("linkage/runs/<int:pk>/reviewers/<int:reviewer>/end/", run_views.end_reviewer,
         name="end_reviewer"),
    path("linkage/runs/<int:pk>/close/", run_views.close, name="close"),
    path("linkage/runs/<int:pk>/model.json", copies.model, name="model"),
    path("linkage/runs/<int:pk>/people.csv", copies.people, name="people_csv"),
    path("linkage/runs/<int:pk>/pairs.csv", copies.pairs, name="pairs_csv"),
    path("linkage/runs/<int:pk>/checked.csv", copies.checked, name="checked_csv"),
    path("linkage/review/", review_views.mine, name="review"),
    path("linkage/review/<int:pk>/", review_views.pair, name="pair"),
    path("linkage/review/<int:pk>/answer/", review_views.answer, name="answer"),
    path("linkage/review/<int:pk>/undo/", review_views.undo, name="undo"),
    path("linkage/review/<int:pk>/pause/", review_views.pause, name="pause"),
    path("linkage/review/<int:pk>/keys/", review_views.keys, name="keys"),
    path("linkage/review/<int:pk>/people/", person_views.people, name="people"),
    path("linkage/review/<int:pk>/people/<int:person>/", person_views.person, name="person"),
    path("national/funnel/", funnel_views.funnel, name="funnel"),
    path("national/funnel.csv", funnel_views.as_file, name="funnel_csv"),
]  # fmt: skip

"""Addresses: surveys, their frames, rounds and days."""

from django.urls import path

from mekhala.web.casework.surveys import answer_views, coverage_views, day_views, frame_views, views

app_name = "surveys"
urlpatterns = [
    path("surveys/", views.surveys, name="surveys"),
    path("surveys/coverage/", coverage_views.coverage, name="coverage"),
    path("surveys/<int:pk>/", views.one, name="round"),
    path("surveys/<int:pk>/close/", views.close, name="close"),
    path("surveys/<int:pk>/leaving/", answer_views.leaving, name="leaving"),
    path("surveys/<int:pk>/days/", day_views.days, name="days"),
    path("surveys/<int:pk>/days/new/", day_views.enter, name="enter"),
    path("surveys/<int:pk>/days/upload/", day_views.upload, name="upload"),
    path("surveys/<int:pk>/days/<int:at_post>/<str:on>/", day_views.day, name="day"),
    path("surveys/<int:pk>/days/<int:at_post>/<str:on>/take-back/", day_views.take_back,
         name="take_back"),
    path("surveys/frames/new/", frame_views.new_frame, name="new_frame"),
    path("surveys/frames/<int:pk>/", frame_views.frame, name="frame"),
    path("surveys/frames/<int:pk>/posts/new/", frame_views.new_post, name="new_post"),
    path("surveys/frames/<int:pk>/rounds/new/", frame_views.new_round, name="new_round"),
]  # fmt: skip

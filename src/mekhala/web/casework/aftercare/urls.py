"""Addresses: support plans and follow-up."""

from django.urls import path

from mekhala.web.casework.aftercare import views

app_name = "aftercare"
urlpatterns = [
    path("cases/<str:number>/plan/", views.plan, name="plan"),
    path("cases/<str:number>/plan/task/", views.add_task, name="add_task"),
    path("cases/<str:number>/plan/task/<int:task_id>/", views.finish_task, name="finish_task"),
    path("cases/<str:number>/follow-up/", views.follow_ups, name="follow_ups"),
    path("cases/<str:number>/follow-up/<int:follow_up_id>/", views.follow_up, name="follow_up"),
]

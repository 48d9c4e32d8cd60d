"""Addresses: needs, support plans, stays, notes, the way home, follow-up, figures."""

from django.urls import path

from mekhala.web.casework.aftercare import correcting, figure_views, home_views, stay_views, views

app_name = "aftercare"
urlpatterns = [
    path("cases/<str:number>/needs/", views.needs, name="needs"),
    path("cases/<str:number>/plan/", views.plan, name="plan"),
    path("cases/<str:number>/plan/task/", views.add_task, name="add_task"),
    path("cases/<str:number>/plan/task/<int:task_id>/", views.finish_task, name="finish_task"),
    path("cases/<str:number>/plan/help/", views.record_help, name="record_help"),
    path(
        "cases/<str:number>/plan/<slug:kind>/<int:row_id>/take-back/", correcting.take_back,
        name="take_back",
    ),
    path("cases/<str:number>/plan/stage/", views.stage, name="stage"),
    path("cases/<str:number>/follow-up/", views.follow_ups, name="follow_ups"),
    path("cases/<str:number>/follow-up/<int:follow_up_id>/", views.follow_up, name="follow_up"),
    path("cases/<str:number>/follow-up/<int:follow_up_id>/try/", views.tried, name="tried"),
    path("cases/<str:number>/stays/", stay_views.stays, name="stays"),
    path("cases/<str:number>/stays/new/", stay_views.begin_stay, name="begin_stay"),
    path("cases/<str:number>/stays/<int:stay_id>/leave/", stay_views.leave, name="leave"),
    path("cases/<str:number>/stays/<int:stay_id>/", stay_views.look_again, name="look_again"),
    path("cases/<str:number>/notes/", stay_views.notes, name="notes"),
    path("cases/<str:number>/notes/<int:note_id>/share/", stay_views.share_note, name="share_note"),
    path("cases/<str:number>/family/", home_views.family, name="family"),
    path("cases/<str:number>/family/<int:trace_id>/", home_views.found, name="found"),
    path("cases/<str:number>/going-home/", home_views.going_home, name="going_home"),
    path("cases/<str:number>/going-home/named/", home_views.named, name="named"),
    path(
        "cases/<str:number>/going-home/<slug:step>/", home_views.decide_return,
        name="decide_return",
    ),
    path("support/figures/", figure_views.figures, name="figures"),
    path("support/figures/<int:year>/", figure_views.figures, name="figures_of"),
]  # fmt: skip

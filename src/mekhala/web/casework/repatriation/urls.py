"""Addresses: returns, the other side's page, commitments, keys."""

from django.urls import path

from mekhala.web.casework.repatriation import other_side, tracker, views

app_name = "repatriation"
urlpatterns = [
    path("cases/<str:number>/return/", views.overview, name="overview"),
    path("cases/<str:number>/return/do/<slug:deed>/", views.act, name="act"),
    path("cases/<str:number>/return/files/<int:file_id>/", views.file, name="file"),
    path("cases/<str:number>/return/files/<int:file_id>/receipt/", views.receipt, name="receipt"),
    path("corridor/", other_side.returns, name="corridor"),
    path("corridor/<int:return_id>/", other_side.one, name="corridor_one"),
    path("corridor/<int:return_id>/take-back/", other_side.take_back, name="corridor_take_back"),
    path("corridor/<int:return_id>/files/<int:file_id>/", other_side.file, name="corridor_file"),
    path("commitments/", tracker.commitments, name="commitments"),
    path("commitments/<int:pk>/", tracker.commitment, name="commitment"),
    path("commitments/<int:pk>/said/<int:said>/", tracker.progress_back, name="progress_back"),
    path("office/corridor-keys/", tracker.keys, name="keys"),
]

"""Addresses: the letters of one case. A paper's address and file name say nothing of whom."""

from django.urls import path

from mekhala.web.casework.letters import views

app_name = "letters"
urlpatterns = [
    path("cases/<str:number>/letters/", views.letters, name="letters"),
    path("cases/<str:number>/letters/new/", views.new, name="new"),
    path("cases/<str:number>/letters/<int:letter_id>/", views.letter, name="letter"),
    path("cases/<str:number>/letters/<int:letter_id>/letter.pdf", views.paper, name="paper"),
    path("cases/<str:number>/letters/<int:letter_id>/approve/", views.approve, name="approve"),
    path("cases/<str:number>/letters/<int:letter_id>/hand-over/", views.hand_over,
         name="hand_over"),
    path("cases/<str:number>/letters/<int:letter_id>/withdraw/", views.withdraw, name="withdraw"),
]  # fmt: skip

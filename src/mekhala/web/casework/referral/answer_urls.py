"""Address of the page for bodies without an account."""

from django.urls import path

from mekhala.web.casework.referral import by_link

app_name = "referral_answer"
urlpatterns = [path("answer/<str:token>/", by_link.answer, name="answer")]

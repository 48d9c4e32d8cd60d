"""Address of the page on which an officer is let in."""

from django.urls import path

from mekhala.web.casework.admission import views

app_name = "admission"
urlpatterns = [path("admission/", views.admission, name="admission")]

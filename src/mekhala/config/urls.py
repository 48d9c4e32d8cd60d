"""The addresses of the casework, field and exchange doors."""

from django.urls import include, path

from mekhala.web.casework import home

urlpatterns = [
    path("healthz", home.healthz, name="healthz"),
    path("", home.start, name="start"),
    path("today/", home.today, name="today"),
    path("", include("mekhala.web.casework.sign_in_urls")),
    path("language/", include("django.conf.urls.i18n")),
]

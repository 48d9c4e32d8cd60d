"""The addresses of the casework, field and exchange doors."""

from django.urls import include, path, re_path

from mekhala.web.casework import home
from mekhala.web.exchange.api import api, no_such_address
from mekhala.web.reports import csp_report

ROOMS = [
    "notices", "alarms", "emergency", "second_signatures", "admission", "holds", "consent",
    "unsealing", "retention",
    "cases", "encounter", "screening", "determination", "letters", "registration", "directory",
    "referral",
    "aftercare", "repatriation", "labour_migration", "justice", "redress", "evidence", "incidents",
    "forms", "linkage", "linking", "surveys", "estimates", "claims", "publication", "courts",
    "dossiers", "visits", "institutions",
    "office", "quality", "law", "agreements",
]  # fmt: skip

urlpatterns = [
    path("healthz", home.healthz, name="healthz"),
    path("", home.start, name="start"),
    path("today/", home.today, name="today"),
    path("", include("mekhala.web.casework.sign_in_urls")),
    path("csp-report/", csp_report, name="csp_report"),
    path("language/", include("django.conf.urls.i18n")),
    path("api/v1/", api.urls),
    re_path(r"^api/", no_such_address),  # answers JSON, like all of the API
    path("", include("mekhala.web.casework.referral.answer_urls")),
    path("f/", include("mekhala.web.field.urls")),
    *[path("", include(f"mekhala.web.casework.{room}.urls")) for room in ROOMS],
]

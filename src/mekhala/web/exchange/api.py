"""The REST API: the same acts and questions as the pages, for other programs.

A program signs in with a bearer token that speaks in the name of one officer; row security and
every policy hold for it as they hold on the pages. What the officer may not see is 404.
"""

import importlib
from typing import Any

from django.db import DataError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import ValidationError
from ninja.security import HttpBearer, SessionAuth

from mekhala import __version__
from mekhala.core.wrong_input import WrongInput
from mekhala.safeguards.access import queries
from mekhala.safeguards.access.acting import become
from mekhala.safeguards.access.errors import ActRefused, NotOpenToYou, RecordedMeanwhile
from mekhala.safeguards.access.models import Officer

ROUTERS = [
    "encounter", "screening", "determination", "registration", "directory", "referral",
    "aftercare", "justice", "forms", "linkage", "estimates", "claims", "publication",
    "office",
]  # fmt: skip


class Bearer(HttpBearer):
    """``Authorization: Bearer mkt_…``; the rest of the transaction runs as its officer."""

    def authenticate(self, request: HttpRequest, token: str) -> Officer | None:
        """Return the officer in whose name the token speaks, None if it opens nothing."""
        officer = queries.officer_with_token(token, now=timezone.now())
        if officer is not None:
            request.user = officer
            become(officer.pk)
        return officer


class Api(NinjaAPI):
    """Answers refusals in words and keeps nothing of an act that was refused."""

    def on_exception(self, request: HttpRequest, exc: Any) -> HttpResponse:
        """Answer ``exc`` and undo what the request had written before it."""
        answer = super().on_exception(request, exc)
        transaction.set_rollback(True)
        return answer


api = Api(
    title="Mekhala", version=__version__, urls_namespace="api",
    auth=[Bearer(), SessionAuth(csrf=True)],
    description="One case, from the first encounter to the published table.",
)  # fmt: skip


@api.exception_handler(ActRefused)
def refused(request: HttpRequest, refusal: ActRefused) -> HttpResponse:
    """Answer a refusal: 404 what is not open, 409 what somebody else did first, else 422."""
    statuses = ((NotOpenToYou, 404), (RecordedMeanwhile, 409))
    status = next((code for kind, code in statuses if isinstance(refusal, kind)), 422)
    return api.create_response(request, {"detail": str(refusal)}, status=status)


@api.exception_handler(Http404)
def absent(request: HttpRequest, error: Http404) -> HttpResponse:  # noqa: ARG001
    """Answer the same for what does not exist and what is closed to the officer."""
    return api.create_response(request, {"detail": str(NotOpenToYou())}, status=404)


@api.exception_handler(WrongInput)
def wrong(request: HttpRequest, error: WrongInput) -> HttpResponse:
    """Answer what is wrong with the input in its own sentence."""
    return api.create_response(request, {"detail": str(error)}, status=422)


@api.exception_handler(DataError)
def cannot_be_kept(request: HttpRequest, error: DataError) -> HttpResponse:  # noqa: ARG001
    """Answer a value the database cannot keep; which one is not said, it may be personal."""
    words = _("A text holds a sign that cannot be kept, or a number is too large. Correct it.")
    return api.create_response(request, {"detail": str(words)}, status=422)


@api.exception_handler(ValidationError)
def unfit(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Answer the first field that does not fit, by name, and all of them beside it."""
    found = [
        {"field": ".".join(str(p) for p in e["loc"][1:]), "problem": e["msg"]} for e in error.errors
    ]
    first = f"{found[0]['field']}: {found[0]['problem']}" if found else "the request does not fit"
    return api.create_response(request, {"detail": first, "fields": found}, status=422)


for name in ROUTERS:
    api.add_router("", importlib.import_module(f"mekhala.web.exchange.{name}").router)

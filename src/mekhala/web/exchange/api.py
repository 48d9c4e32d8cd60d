"""The REST API: the same acts and questions as the pages, for other programs.

A program signs in with a bearer token that speaks in the name of one officer; row security and
every policy hold for it as they hold on the pages. What the officer may not see is 404.
"""

import importlib
from collections.abc import Callable
from functools import wraps
from typing import Any

import pydantic
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import DataError, transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.security import HttpBearer, SessionAuth

from mekhala import __version__
from mekhala.core.wrong_input import WrongInput
from mekhala.safeguards.access import held, queries
from mekhala.safeguards.access.acting import become
from mekhala.safeguards.access.errors import ActRefused, NotOpenToYou, RecordedMeanwhile
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.agreements import queries as agreements
from mekhala.safeguards.agreements.errors import NoAgreement
from mekhala.safeguards.identity.errors import WordsNotOpened
from mekhala.web import openrosa
from mekhala.web.exchange.refusals import document

ROUTERS = [
    "encounter", "consent", "screening", "determination", "deciding", "registration", "directory",
    "referral", "aftercare", "repatriation", "labour_migration", "justice", "fair_trial",
    "entries", "evidence", "custody", "redress", "incidents", "forms", "linkage",
    "linking", "imports", "surveys",
    "estimates", "claims", "publication", "office", "quality", "fact_requests", "closing",
    "same_person", "stays", "institutions", "cooperation", "visits", "nights", "duties",
    "hearings", "dossiers", "placements",
]  # fmt: skip


class Bearer(HttpBearer):
    """``Authorization: Bearer mkt_…``; the rest of the transaction runs as its officer."""

    def authenticate(self, request: HttpRequest, token: str) -> Officer | None:
        """Return the officer in whose name the token speaks, None if it opens nothing.

        A program is a feed: without a sharing agreement in force for its agency it is refused.
        """
        now = timezone.now()
        if (officer := getattr(request, "reader", None)) is None:  # known if a file was asked for
            officer = queries.officer_with_token(token, now=now)
        if officer is not None:
            if not agreements.may_exchange(officer.agency, now=now):
                raise NoAgreement
            request.user = officer
            become(officer.pk)
        return officer


class Api(NinjaAPI):
    """Answers refusals in words and keeps nothing of an act that was refused."""

    def on_exception(self, request: HttpRequest, exc: Any) -> HttpResponse:
        """Answer ``exc`` and undo what the request had written before it."""
        if isinstance(exc, pydantic.ValidationError) and (why := held.current().refused):
            exc = why[-1]  # an attribute that could not be opened while the answer was written
        answer = super().on_exception(request, exc)
        transaction.set_rollback(True)
        return answer

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        """Return the document of the API, each operation with the refusals it may answer."""
        return document(super().get_openapi_schema(**options))


WAYS_IN = (Bearer(), SessionAuth(csrf=True))


def to_whom_it_knows(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Show the document of the API, its version and every address, to no stranger (R-60)."""

    @wraps(view)
    def shown(request: HttpRequest, **more: Any) -> HttpResponse:
        try:
            if not any(way(request) for way in WAYS_IN):
                raise AuthenticationError
        except Exception as refusal:  # a token without agreement, too: as any operation answers
            return api.on_exception(request, refusal)
        return view(request, **more)

    return shown


api = Api(
    title="Mekhala", version=__version__, urls_namespace="api", auth=WAYS_IN,
    docs_url=None, docs_decorator=to_whom_it_knows,  # a page of it would fetch scripts elsewhere
    description="One case, from the first encounter to the published table.",
)  # fmt: skip


@api.exception_handler(ActRefused)
def refused(request: HttpRequest, refusal: ActRefused) -> HttpResponse:
    """Answer a refusal: 403 without agreement, 404 not open, 409 done meanwhile, else 422.

    What is sealed and cannot be opened is 503, 429 or 410, as it says itself.
    """
    statuses = ((NoAgreement, 403), (NotOpenToYou, 404), (RecordedMeanwhile, 409))
    status = next((code for kind, code in statuses if isinstance(refusal, kind)), 422)
    if isinstance(refusal, WordsNotOpened):
        status = refusal.status
    return api.create_response(request, {"detail": str(refusal)}, status=status)


@api.exception_handler(Http404)
def absent(request: HttpRequest, error: Http404) -> HttpResponse:  # noqa: ARG001
    """Answer the same for what does not exist and what is closed to the officer."""
    return api.create_response(request, {"detail": str(NotOpenToYou())}, status=404)


@api.exception_handler(WrongInput)
def wrong(request: HttpRequest, error: WrongInput) -> HttpResponse:
    """Answer what is wrong with the input in its own sentence."""
    return api.create_response(request, {"detail": str(error)}, status=422)


@api.exception_handler(HttpError)
def unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Answer a body that is no JSON (400), a key that opens nothing, a form without its mark."""
    unread = _("The body is no JSON document in UTF-8. Send one, as the documentation shows.")
    words = unread if error.status_code == 400 else str(error)
    return api.create_response(request, {"detail": words}, status=error.status_code)


@api.exception_handler(openrosa.TooLarge)
@api.exception_handler(RequestDataTooBig)
def too_large(request: HttpRequest, error: Exception) -> HttpResponse:  # noqa: ARG001
    """Answer a body larger than is taken at once."""
    words = _("This is more than 10 MB. Send fewer or smaller files.")
    return api.create_response(request, {"detail": words}, status=413)


@api.exception_handler(openrosa.CutOff)
@api.exception_handler(MultiPartParserError)
@api.exception_handler(SuspiciousOperation)
def not_a_form(request: HttpRequest, error: Exception) -> HttpResponse:  # noqa: ARG001
    """Answer a body of parts that cannot be taken apart."""
    words = _("This could not be read. Send it again.")
    return api.create_response(request, {"detail": words}, status=400)


@api.exception_handler(UnicodeEncodeError)
@api.exception_handler(DataError)
def cannot_be_kept(request: HttpRequest, error: Exception) -> HttpResponse:  # noqa: ARG001
    """Answer a value the database cannot keep; which one is not said, it may be personal."""
    words = _("A text holds a sign that cannot be kept, or a number is too large. Correct it.")
    return api.create_response(request, {"detail": str(words)}, status=422)


@api.exception_handler(ValidationError)
def unfit(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Answer the first field that does not fit, by name, and all of them beside it."""
    found = [{"field": _field(e["loc"]), "problem": _problem(e["msg"])} for e in error.errors]
    first = f"{found[0]['field']}: {found[0]['problem']}" if found else "the request does not fit"
    return api.create_response(request, {"detail": first, "fields": found}, status=422)


def _field(place: tuple[str | int, ...]) -> str:
    """Return where a value stands as the caller knows it, without our name for the body."""
    inside = place[2:] if place[0] == "body" else place[1:]
    return ".".join(str(part) for part in inside) or "body"


def _problem(said: str) -> str:
    """Return pydantic's words without the kind of error before our own."""
    return said.removeprefix("Value error, ")


@csrf_exempt
def no_such_address(request: HttpRequest) -> JsonResponse:  # noqa: ARG001
    """Answer an address below ``/api/`` that leads nowhere, in the form of all refusals."""
    return JsonResponse({"detail": str(NotOpenToYou())}, status=404)


for name in ROUTERS:
    api.add_router("", importlib.import_module(f"mekhala.web.exchange.{name}").router)

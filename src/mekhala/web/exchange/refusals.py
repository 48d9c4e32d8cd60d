"""The refusals every operation may answer, written into the document of the API.

The handlers in ``api.py`` answer them; each is one sentence under ``detail``.
"""

from http import HTTPStatus
from typing import Any

from ninja import Schema
from ninja.openapi.schema import OpenAPISchema


class ProblemOut(Schema):
    """One field that does not fit."""

    field: str
    problem: str


class RefusalOut(Schema):
    """Why it was not done, in one sentence; ``fields`` where single fields do not fit."""

    detail: str
    fields: list[ProblemOut] | None = None


ALWAYS = {
    401: "The key opens nothing, or none was given",
    404: "Not there, or not open to the officer in whose name the key speaks",
    410: "What was kept about the person was erased",
    422: "A value does not fit, or a rule refuses the act",
    429: "Asked too often, or the files of many people were opened; Retry-After may say how long",
    503: "What is kept is sealed and cannot be opened just now",
}
ACTING = {
    403: "Signed in with a session and without its CSRF mark",
    409: "Somebody else did it first, or it does not fit what is kept",
}
READING = {400: "The body cannot be read", 413: "More than is taken at once"}


def document(schema: OpenAPISchema) -> OpenAPISchema:
    """Add the refusals to every operation of ``schema`` and return it."""
    shapes = RefusalOut.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas = schema["components"]["schemas"]
    schemas |= shapes.pop("$defs") | {"RefusalOut": shapes}
    for operations in schema["paths"].values():
        for method, operation in operations.items():
            _add(operation["responses"], _possible(method, operation))
    return schema


def _possible(method: str, operation: dict[str, Any]) -> dict[int, str]:
    acting = ACTING if method != "get" else {}
    return ALWAYS | acting | (READING if "requestBody" in operation else {})


def _add(responses: dict[Any, Any], refusals: dict[int, str]) -> None:
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/RefusalOut"}}}
    for status, words in refusals.items():
        said = {"description": words, "content": content}
        kept = responses.setdefault(status, said)
        if kept is not said:  # the operation answers something of its own with this status
            kept["description"] = f"{HTTPStatus(status).phrase}: {words}"

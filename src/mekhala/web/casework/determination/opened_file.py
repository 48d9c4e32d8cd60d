"""The authority's file of one case, opened for an officer of the authority."""

from typing import Any

from django.http import Http404, HttpRequest

from mekhala.pathway.determination import queries
from mekhala.pathway.determination.models import DeterminationFile
from mekhala.safeguards.access.purposes import Purpose
from mekhala.web.casework.cases.frame import OpenCase, opened_case


def opened_file(request: HttpRequest, number: str) -> tuple[OpenCase, DeterminationFile]:
    """Return the case and its newest file; 404 where the officer is not of the authority."""
    opened = opened_case(request, number, purposes=[Purpose.DETERMINATION])
    file = queries.newest_file_of(opened.case)
    if file is None:
        raise Http404
    file.case = opened.case
    return opened, file


def framed(
    opened: OpenCase, file: DeterminationFile, path: str = "", **more: Any
) -> dict[str, Any]:
    """Return the frame of the case, its file, and ``more``, for a page about the file."""
    return opened.frame(path) | {"file": file} | more

"""What browsers report about our content policy: which rule was broken, on which kind of page.

Kept of a report: the directive, and the pattern of our own address. No address as it was, hence
no number of a case; nothing of what was blocked, which may hold words of a page. At most twenty
lines a minute are written; anybody may send here, so a line proves nothing by itself (R-54).
"""

import json
import logging
import re
import time
from collections import deque
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

LARGEST, A_MINUTE = 16 * 1024, 20
_DIRECTIVE = re.compile(r"[a-z-]{1,40}")
_log = logging.getLogger("mekhala.csp")
_written: deque[float] = deque(maxlen=A_MINUTE)


@csrf_exempt
@require_POST
def csp_report(request: HttpRequest) -> HttpResponse:
    """Take a report; the answer is always empty."""
    if int(request.META.get("CONTENT_LENGTH") or 0) <= LARGEST:
        for directive, page in _told(request.body):
            _write(directive, page)
    return HttpResponse(status=204)


def _told(body: bytes) -> list[tuple[str, str]]:
    """Return directive and pattern of each report in ``body``: report-uri or Reporting API."""
    try:
        read = json.loads(body)
    except ValueError:
        return []
    reports = read if isinstance(read, list) else [read]
    found = [_one(report) for report in reports[:A_MINUTE] if isinstance(report, dict)]
    return [report for report in found if report]


def _one(report: dict[str, Any]) -> tuple[str, str] | None:
    inside = report.get("csp-report") or report.get("body")
    if not isinstance(inside, dict):
        return None
    said = inside.get("effective-directive") or inside.get("effectiveDirective")
    said = said or inside.get("violated-directive") or ""
    directive = _DIRECTIVE.match(str(said))
    page = _pattern_of(str(inside.get("document-uri") or inside.get("documentURL") or ""))
    return (directive[0], page) if directive else None


def _pattern_of(address: str) -> str:
    """Return the pattern of one of our addresses, without anything that stood in it."""
    try:
        return "/" + resolve(urlsplit(address).path).route
    except (Resolver404, ValueError):
        return "no page of ours"


def _write(directive: str, page: str) -> None:
    now = time.monotonic()
    if len(_written) == A_MINUTE and now - _written[0] < 60:
        return
    _written.append(now)
    _log.warning("content policy: %s on %s", directive, page)

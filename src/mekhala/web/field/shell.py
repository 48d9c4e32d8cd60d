"""The app's own files: one page, a worker that keeps it for when there is no network, its parts.

No session, no cookie, nobody signed in: the page is the same for everybody and holds nobody's
data. Every part has the hash of its content in its name, so it is kept for ever; the page and the
worker are asked for again. Built by ``web/assets/build.py``.
"""

import hashlib
import json
from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.template.loader import render_to_string
from django.utils.csp import CSP
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe

PARTS = "parts.json"
TYPES = {
    ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8",
    ".woff2": "font/woff2", ".svg": "image/svg+xml", ".png": "image/png",
    ".wasm": "application/wasm", ".json": "application/json", ".txt": "text/plain; charset=utf-8",
}  # fmt: skip
FOR_EVER = "public, max-age=31536000, immutable"
# The engine compiles the grammar of its expressions, and the PIN's hash is WebAssembly too.
POLICY: dict[str, list[str]] = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF, CSP.WASM_UNSAFE_EVAL],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:", "blob:"],
    "media-src": [CSP.SELF, "blob:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "worker-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "form-action": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
    "object-src": [CSP.NONE],
    "require-trusted-types-for": ["'script'"],
    "trusted-types": ["default", "notes", "notes-inert"],
}


@require_safe
@csp_override(POLICY)
def page(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """The one page of the app."""
    return _fresh(_page(), "text/html; charset=utf-8")


@require_safe
@csp_override(POLICY)
def calendar(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """A month and nothing else: where "Leave this page" leads without a network."""
    shown = render_to_string("field/calendar.html", {"parts": _parts()})
    return _fresh(shown, "text/html; charset=utf-8")


@require_safe
@csp_override(POLICY)
def worker(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """The service worker, told which parts make this version of the app."""
    parts = _parts()
    kept = sorted([*parts["at_first"], "/f/", "/f/calendar/"])
    version = hashlib.sha256((json.dumps(parts) + _page()).encode()).hexdigest()[:16]
    said = f"const VERSION = {json.dumps(version)}\nconst KEPT = {json.dumps(kept)}\n"
    return _fresh(said + (_built() / "worker.js").read_text(), TYPES[".js"])


@require_safe
@csp_override(POLICY)
def manifest(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """What the phone needs to put the app beside its others, under a name that says nothing."""
    parts = _parts()
    icons = [
        {"src": parts["icon.svg"], "sizes": "any", "type": "image/svg+xml"},
        {"src": parts["icon-192.png"], "sizes": "192x192", "type": "image/png"},
        {"src": parts["icon-512.png"], "sizes": "512x512", "type": "image/png"},
    ]
    said = {
        "name": "Notes", "short_name": "Notes", "id": "/f/", "start_url": "/f/", "scope": "/f/",
        "display": "standalone", "background_color": "#ffffff", "theme_color": "#ffffff",
        "icons": icons,
    }  # fmt: skip
    return _fresh(json.dumps(said), "application/manifest+json")


@require_safe
def part(request: HttpRequest, *, name: str) -> HttpResponse:
    """One part of the app, compressed as it was built; its name changes with its content."""
    place = _names().get(name)
    if place is None:
        return HttpResponseNotFound("")
    accepted = request.headers.get("Accept-Encoding", "")
    coding = next((c for c in ("br", "gz") if {"br": "br", "gz": "gzip"}[c] in accepted
                   and f"{name}.{c}" in _names()), "")  # fmt: skip
    content = (_names()[f"{name}.{coding}"] if coding else place).read_bytes()
    response = HttpResponse(content, content_type=TYPES[place.suffix])
    if coding:
        response["Content-Encoding"] = {"br": "br", "gz": "gzip"}[coding]
    response["Vary"] = "Accept-Encoding"
    response["Cache-Control"] = FOR_EVER
    return response


def _fresh(text: str, media_type: str) -> HttpResponse:
    response = HttpResponse(text, content_type=media_type)
    response["Cache-Control"] = "no-cache"
    return response


def _built() -> Path:
    return Path(settings.BUILT) / "field"


@cache
def _parts() -> dict[str, str]:
    read: dict[str, str] = json.loads((_built() / PARTS).read_text())
    return read


@cache
def _names() -> dict[str, Path]:
    """Return every file that may be asked for: a name that is not here is nowhere."""
    return {each.name: each for each in _built().iterdir() if each.name not in (PARTS, "worker.js")}


def _page() -> str:
    return render_to_string("field/page.html", {"parts": _parts(), "leave": settings.LEAVE_TO})

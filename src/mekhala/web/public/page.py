"""What stands on every public page: the way to the others, and nothing of the reader."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from mekhala.web.public.language import asked_language


def page(request: HttpRequest) -> dict[str, Any]:
    """Return ``navigation``, in the language asked for, and that language as ``asked``."""
    asked = asked_language(request)
    suffix = f"?lang={asked}" if asked else ""
    return {
        "asked": asked,
        "leave_to": settings.LEAVE_TO,
        "navigation": [
            {
                "href": href + suffix, "text": text, "about": about,
                "active": request.path.startswith(href),
            }
            for href, text, about in _links()
        ],
    }  # fmt: skip


def _links() -> list[tuple[str, str, str]]:
    figures = ("/figures/", _("Figures"), _("Tables released once and never altered."))
    certificate = (
        "/certificate/", _("Check a certificate"), _("Whether a paper is one of ours and stands."),
    )  # fmt: skip
    return [figures, certificate]

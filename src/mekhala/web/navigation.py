"""What stands on every casework page: the officer's own links, and a reference for support."""

import secrets
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mekhala.safeguards.access.purposes import Role

_TODAY = ("/today/", _("Today"))
_CASES = ("/cases/", _("Cases"))
_FORMS = ("/forms/", _("Forms"))
_SERVICES = ("/services/", _("Services"))
_FIGURES = ("/figures/", _("Figures"))
LINKS = {
    Role.FIRST_RESPONDER: [
        _TODAY, _CASES, ("/encounters/new/", _("New encounter")), _FORMS, _SERVICES,
    ],
    Role.AUTHORITY: [_TODAY, _CASES, _FORMS],
    Role.REGISTRAR: [_TODAY, _CASES, _SERVICES, _FORMS],
    Role.PROVIDER: [
        _TODAY, ("/referrals/in/", _("Referrals in")), _CASES,
        ("/our/services/", _("Our services")),
    ],
    Role.JUSTICE: [_TODAY, ("/proceedings/", _("Proceedings"))],
    Role.STATISTICIAN: [
        _FIGURES, ("/linkage/", _("Lists")), ("/estimates/", _("Estimates")),
        ("/claims/", _("Claims")), ("/releases/", _("Releases")),
    ],
    Role.ADMINISTRATOR: [_TODAY, _FORMS, ("/office/officers/", _("Officers"))],
}  # fmt: skip


def page(request: HttpRequest) -> dict[str, Any]:
    """Return the links of the officer's role, agency, account, and a random ``page_reference``."""
    officer = getattr(request, "user", None)
    known = officer is not None and officer.is_authenticated
    links = LINKS[Role(officer.role)] if known else []
    return {
        "agency_name": str(officer.agency) if known else "",
        "account_url": reverse("mfa_index") if known else "",
        "navigation": [
            {"href": href, "text": text, "active": request.path.startswith(href)}
            for href, text in links
        ],
        "page_reference": secrets.token_hex(3).upper(),
    }

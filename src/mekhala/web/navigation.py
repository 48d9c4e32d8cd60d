"""What stands on every casework page: the officer's own links, and a reference for support."""

import secrets
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Role
from mekhala.safeguards.notices.queries import unseen_of

_TODAY = ("/today/", _("Today"))
_CASES = ("/cases/", _("Cases"))
_FORMS = ("/forms/", _("Forms"))
_SERVICES = ("/services/", _("Services"))
_QUALITY = ("/quality/", _("Quality"))
_LAW = ("/law/", _("Law"))
_FIGURES = ("/figures/", _("Figures"))
LINKS = {
    Role.FIRST_RESPONDER: [
        _TODAY, _CASES, ("/encounters/new/", _("New encounter")), _FORMS, _SERVICES,
    ],
    Role.AUTHORITY: [
        _TODAY, ("/to-read/", _("To read")), _CASES, ("/cases/find/", _("Find")),
        ("/reconsiderations/", _("Reconsiderations")), _FORMS, _QUALITY, _LAW,
    ],
    Role.REGISTRAR: [_TODAY, _CASES, _SERVICES, _FORMS],
    Role.PROVIDER: [
        _TODAY, ("/referrals/in/", _("Referrals in")), _CASES,
        ("/our/services/", _("Our services")),
    ],
    Role.JUSTICE: [("/proceedings/", _("Proceedings")), _LAW],
    Role.STATISTICIAN: [
        _FIGURES, ("/linkage/", _("Lists")), ("/estimates/", _("Estimates")),
        ("/claims/", _("Claims")), ("/releases/", _("Releases")),
        _QUALITY, ("/refusals/", _("Refusals")), ("/agreements/", _("Agreements")),
    ],
    Role.ADMINISTRATOR: [
        ("/office/officers/", _("Officers")), _FORMS, _LAW, ("/agreements/", _("Agreements")),
    ],
}  # fmt: skip


def first_page(role: str) -> str:
    """Return the address an officer of ``role`` begins at: the first of the role's own links."""
    return LINKS[Role(role)][0][0]


def page(request: HttpRequest) -> dict[str, Any]:
    """Return the links of the officer's role, agency, account, and a random ``page_reference``."""
    user = getattr(request, "user", None)
    officer = user if isinstance(user, Officer) else None
    links = LINKS[Role(officer.role)] if officer else []
    here = max((h for h, _text in links if request.path.startswith(h)), key=len, default="")
    return {
        "agency_name": str(officer.agency) if officer else "",
        "notices_url": reverse("notices:list") if officer else "",
        "unseen": unseen_of(officer).count() if officer else 0,
        "account_url": reverse("mfa_index") if officer else "",
        "navigation": [
            {"href": href, "text": text, "active": href == here} for href, text in links
        ],
        "page_reference": secrets.token_hex(3).upper(),
    }

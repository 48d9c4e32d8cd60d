"""What stands on every casework page: the officer's own links, and a reference for support."""

import secrets
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from mekhala.pathway.referral.placing import may_decide
from mekhala.pathway.registration.duty import may_oversee
from mekhala.pathway.visits.policies import may_visit
from mekhala.population.publication.concepts import BY_CODE
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Role
from mekhala.safeguards.agencies.models import AgencyKind
from mekhala.safeguards.four_eyes.queries import waiting_for
from mekhala.safeguards.signing import limits, queries
from mekhala.web.mark import mark_of

_TODAY = ("/today/", _("Today"))
_CASES = ("/cases/", _("Cases"))
_FORMS = ("/forms/", _("Forms"))
_SERVICES = ("/services/", _("Services"))
_QUALITY = ("/quality/", _("Quality"))
_SUPPORT = ("/support/figures/", _("Support"))
_LAW = ("/law/", _("Law"))
_FIGURES = ("/figures/", _("Figures"))
_UNMET = ("/unmet-need/", _("Where help is missing"))
_SURVEYS = ("/surveys/", _("Surveys"))
_REPORTS = ("/incidents/", _("Reports about officials"))
_AGENCIES = ("/recruitment/", _("Agencies"))
_DEPARTURES = ("/departures/", _("Leaving"))
_COMMITMENTS = ("/commitments/", _("Commitments"))
_INSTITUTIONS = ("/institutions/", _("Who owes what"))
_DOSSIERS = ("/dossiers/", _("Court dossiers"))
_VISITS = ("/visits/", _("Visits"))
_HEARINGS = ("/hearings/", _("Hearings"))
_DUTIES = ("/registrations/duties/", _("Duty to register"))
_PLACES = ("/placements/", _("Places to decide"))
_SIGNATURES = ("/second-signatures/", _("Second signatures"))
LINKS = {
    Role.FIRST_RESPONDER: [
        _TODAY, _CASES, ("/encounters/new/", _("New encounter")), _FORMS, _SERVICES,
        _DEPARTURES, ("/corridor/", _("Returns with us")),
    ],
    Role.AUTHORITY: [
        _TODAY, ("/to-read/", _("To read")), _CASES, ("/cases/find/", _("Find")),
        ("/reconsiderations/", _("Reconsiderations")), _FORMS, _QUALITY, _LAW,
        _SIGNATURES, _INSTITUTIONS, _DOSSIERS,
    ],
    Role.REGISTRAR: [
        _TODAY, _CASES, _SERVICES, _UNMET, _DEPARTURES, _AGENCIES, _FORMS, _SURVEYS, _SUPPORT,
        _SIGNATURES, ("/linkage/review/", _("Same person?")), _REPORTS,
        _INSTITUTIONS,
    ],
    Role.PROVIDER: [
        _TODAY, ("/referrals/in/", _("Referrals in")), _CASES,
        ("/our/services/", _("Our services")), _REPORTS,
    ],
    Role.JUSTICE: [
        ("/proceedings/", _("Proceedings")), _LAW, _SIGNATURES,
        ("/institutions/requests/", _("Requests abroad")), _DOSSIERS,
    ],
    Role.STATISTICIAN: [
        _FIGURES, ("/linkage/", _("Lists")), ("/linkage/review/", _("Same person?")),
        ("/national/funnel/", _("Funnel")), _UNMET, _SURVEYS, ("/estimates/", _("Estimates")),
        ("/claims/", _("Claims")), ("/releases/", _("Releases")),
        ("/courts/", _("Courts")), _DOSSIERS,
        ("/visits/figures/", _("Visits in numbers")),
        _QUALITY, _SUPPORT, ("/refusals/", _("Refusals")), ("/agreements/", _("Agreements")),
        _COMMITMENTS, _INSTITUTIONS,
    ],
    Role.ADMINISTRATOR: [
        ("/office/officers/", _("Officers")), _SIGNATURES, ("/alarms/", _("Alarms")),
        ("/office/retention/", _("Erasing")), ("/agreements/", _("Agreements")), _FORMS, _LAW,
        ("/office/corridor-keys/", _("Keys abroad")),
    ],
}  # fmt: skip


def first_page(role: str) -> str:
    """Return the address an officer of ``role`` begins at: the first of the role's own links."""
    return LINKS[Role(role)][0][0]


def head_of(request: HttpRequest) -> dict[str, Any]:
    """Return how many notices wait, and the files open in an emergency with the minutes left."""
    head = getattr(request, "at_the_head", {"unseen": 0, "emergencies": []})
    now = timezone.now()
    return {
        "unseen": head["unseen"],
        "emergencies": [
            {"href": reverse("emergency:file", args=[each["number"]]), "number": each["number"],
             "until": until, "minutes": max(1, round((until - now).total_seconds() / 60))}
            for each in head["emergencies"] if (until := parse_datetime(each["until"]))
        ],
    }  # fmt: skip


def _counted(href: str, text: Any, officer: Officer | None) -> Any:
    """Return the words of a link; for administrators, with how many signatures wait."""
    if officer is None or officer.role != Role.ADMINISTRATOR or href != _SIGNATURES[0]:
        return text
    waiting = waiting_for(officer, now=timezone.now()).count()
    return f"{text} ({waiting})" if waiting else text


def _links_of(officer: Officer) -> list[tuple[str, Any]]:
    """Return the links of the role, and what some agencies have beside: who watches trials, who
    visits places, the ministry that oversees the duty to register and decides on places.
    """
    watches = officer.role == Role.PROVIDER and officer.agency.kind == AgencyKind.OBSERVER
    own = [_HEARINGS] * watches + [_VISITS] * may_visit(officer) + [_DUTIES] * may_oversee(officer)
    own += [_PLACES] * may_decide(officer)
    return [*LINKS[Role(officer.role)], *own]


def page(request: HttpRequest) -> dict[str, Any]:
    """Return the officer's links, agency and account, what waits, a random ``page_reference``."""
    user = getattr(request, "user", None)
    officer = user if isinstance(user, Officer) else None
    links = _links_of(officer) if officer else []
    here = max((h for h, _text in links if request.path.startswith(h)), key=len, default="")
    return {
        "agency_name": str(officer.agency) if officer else "",
        "notices_url": reverse("notices:list") if officer else "",
        **head_of(request),
        "account_url": reverse("mfa_index") if officer else "",
        "navigation": [
            {"href": href, "text": _counted(href, text, officer), "active": href == here}
            for href, text in links
        ],
        "page_reference": secrets.token_hex(3).upper(),
        "is_invented": queries.is_invented(),
        "idle_seconds": limits.TOLD_IDLE,
        "leave_to": settings.LEAVE_TO,
        "mark": mark_of(officer) if officer else None,
        "concepts": BY_CODE,
    }

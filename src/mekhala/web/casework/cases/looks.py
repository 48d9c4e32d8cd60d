"""Who looked at a case, in words: for officers one by one, for the person by agency and role.

The page for officers names agency, role and service number. The paper for the person, or for
counsel, names agencies and roles only: whom to ask, and nobody to look for.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Purpose, Role
from mekhala.safeguards.agencies.models import Agency
from mekhala.safeguards.audit.queries import Look

TOLD_TO = frozenset({Purpose.DETERMINATION, Purpose.REGISTRATION, Purpose.SUPPORT})
ACTS = {
    "identity.shown": gettext_lazy("Name"),
    "identity.unsealed_for_law": gettext_lazy("Name, for a court or another body"),
}
PAGES = {
    "cases:overview": gettext_lazy("Overview"),
    "emergency:file": gettext_lazy("Opened in an emergency"),
    "cases:history": gettext_lazy("History"),
    "cases:consent": gettext_lazy("Consent"),
    "consent:page": gettext_lazy("Consent"),
    "consent:withdraw": gettext_lazy("Consent"),
    "consent:guardian": gettext_lazy("Consent"),
    "cases:looks": gettext_lazy("Who looked"),
    "cases:looks_paper": gettext_lazy("Who looked"),
    "unsealing:orders": gettext_lazy("Orders for the name"),
    "unsealing:open": gettext_lazy("Orders for the name"),
}
ROOMS = {
    "encounter": gettext_lazy("First meeting"),
    "screening": gettext_lazy("Screening"),
    "determination": gettext_lazy("Facts and decision"),
    "registration": gettext_lazy("Registration"),
    "referral": gettext_lazy("Referrals"),
    "aftercare": gettext_lazy("Plan and follow-up"),
    "repatriation": gettext_lazy("Return"),
    "forms": gettext_lazy("Forms"),
}


@dataclass(frozen=True)
class Lookers:
    """The officers and agencies that a number of looks name."""

    officers: dict[int, Officer]
    agencies: dict[str, str]

    def agency(self, look: Look) -> str:
        """The agency the officer worked for when looking."""
        return self.agencies.get(look.agency) or look.agency or _("The system")

    def role(self, look: Look) -> str:
        """The role of the officer."""
        officer = self.officers.get(look.officer or 0)
        return str(Role(officer.role).label) if officer else ""

    def shown_as(self, look: Look) -> str:
        """Service number or post."""
        officer = self.officers.get(look.officer or 0)
        return officer.shown_as if officer else ""


def lookers(looks: Iterable[Look]) -> Lookers:
    """Return who the looks are of, in two queries."""
    kept = list(looks)
    officers = Officer.objects.in_bulk({look.officer for look in kept if look.officer})
    found = Agency.objects.filter(code__in={look.agency for look in kept})
    return Lookers(officers, {agency.code: str(agency) for agency in found})


def told(looks: Sequence[Look]) -> list[dict[str, Any]]:
    """Return each look in words, for officers."""
    who = lookers(looks)
    return [
        {"at": look.at, "agency": who.agency(look), "role": who.role(look),
         "officer": who.shown_as(look), "page": page_in_words(look),
         "purposes": [_purpose(code) for code in look.purposes],
         "in_emergency": look.in_emergency}
        for look in looks
    ]  # fmt: skip


def page_in_words(look: Look) -> str:
    """Return what was looked at: a page, a part of the case, or through another program."""
    room = look.page.partition(":")[0]
    said = ACTS.get(look.act) or PAGES.get(look.page) or ROOMS.get(room)
    return str(said) if said else _("Through another program")


def _purpose(code: str) -> str:
    if code == "emergency":
        return _("Emergency")
    if code == "law":
        return _("Written order")
    return str(Purpose(code).label) if code in Purpose.values else code


@dataclass
class Party:
    """An agency, in one role, that looked: from which day until which, and how often."""

    agency: str
    role: str
    first: datetime
    last: datetime
    times: int = 0
    in_emergency: bool = False


def by_agency(looks: Iterable[Look]) -> list[Party]:
    """Return agencies and roles that looked, by name, without any officer (R-10)."""
    kept = list(looks)
    who, parties = lookers(kept), dict[tuple[str, str], Party]()
    for look in kept:
        key = who.agency(look), who.role(look)
        party = parties.setdefault(key, Party(*key, first=look.at, last=look.at))
        party.first, party.last = min(party.first, look.at), max(party.last, look.at)
        party.times += 1
        party.in_emergency = party.in_emergency or look.in_emergency
    return [parties[key] for key in sorted(parties)]

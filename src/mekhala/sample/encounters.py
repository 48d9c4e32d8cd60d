"""Where and how an invented person is met: the Card, urgent needs, and whether they go on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from .agencies import PHNOM_PENH, Agency, agencies_of
from .draws import Draws, Weighted
from .people import InventedPerson
from .places import communes_of, provinces

# Answers of the Card, as in the shipped forms.
YES, NO, NOT_KNOWN, NOT_SAID = "yes", "no", "not_known", "not_said"

SAFE = Weighted({YES: 80, NO: 8, NOT_KNOWN: 10, NOT_SAID: 2})
GOES_ON = Weighted({YES: 86, NO: 6, NOT_KNOWN: 4, NOT_SAID: 4})
IF_KEPT = Weighted({YES: 55, NO: 20, NOT_KNOWN: 15, NOT_SAID: 10})
IF_NOT_KEPT = Weighted({YES: 4, NO: 76, NOT_KNOWN: 12, NOT_SAID: 8})
URGENT = {
    "safe_place": 0.4,
    "medical": 0.25,
    "food_and_clothes": 0.3,
    "interpreter": 0.0,  # set by the language
    "contact_family": 0.35,
    "protection": 0.15,
}
HOME = Weighted({"police": 4, "first_responder": 4, "social_affairs": 3, "hotline": 3})
ABROAD = Weighted({"border_post": 5, "embassy": 3, "social_affairs": 2, "hotline": 1})


@dataclass(frozen=True, slots=True, kw_only=True)
class Encounter:
    """One meeting. The four answers are ``yes``, ``no``, ``not_known`` or ``not_said``."""

    agency_code: str
    officer_index: int  # from 0, below the agency's number of officers
    met_on: date
    province_code: str
    commune_code: str
    language: str
    safe_to_speak: str
    papers_kept: str
    free_to_leave: str
    wants_to_go_on: str
    urgent_needs: tuple[str, ...]

    @property
    def may_go_on(self) -> bool:
        """True unless the person said no, or would not say."""
        return self.wants_to_go_on in (YES, NOT_KNOWN)


def encounter(draws: Draws, person: InventedPerson, *, period: tuple[date, date]) -> Encounter:
    """Let an agency meet ``person`` on a day of ``period`` (both days included)."""
    agency = _agency(draws, person)
    province = _province(draws, agency)
    kept = IF_KEPT if person.truly_victim else IF_NOT_KEPT
    return Encounter(
        agency_code=agency.code,
        officer_index=draws.between(0, agency.officers - 1),
        met_on=period[0] + timedelta(days=draws.between(0, (period[1] - period[0]).days)),
        province_code=province,
        commune_code=draws.pick(communes_of(province)).code,
        language=person.language,
        safe_to_speak=draws.of(SAFE),
        papers_kept=draws.of(kept),
        free_to_leave=_turned(draws.of(kept)),
        wants_to_go_on=draws.of(GOES_ON),
        urgent_needs=_urgent(draws, person),
    )


def _agency(draws: Draws, person: InventedPerson) -> Agency:
    kind = draws.of(HOME if person.country_of_exploitation == "KHM" else ABROAD)
    return draws.pick(_who_may_meet(kind, person.nationality))


@cache
def _who_may_meet(kind: str, nationality: str) -> tuple[Agency, ...]:
    """Agencies of the kind; an embassy only for its own nationals, else a first responder."""
    if kind != "embassy":
        return agencies_of(kind)
    own = tuple(desk for desk in agencies_of(kind) if desk.nationality == nationality)
    return own or agencies_of("first_responder")


def _province(draws: Draws, agency: Agency) -> str:
    """Where they meet: an agency's own province; for a body of the capital, any province."""
    if agency.province_code != PHNOM_PENH or agency.kind in ("police", "social_affairs"):
        return agency.province_code
    return draws.pick(provinces()).code


def _turned(answer: str) -> str:
    """Whose papers are kept is not free to leave: yes becomes no, and no yes."""
    return {YES: NO, NO: YES}.get(answer, answer)


def _urgent(draws: Draws, person: InventedPerson) -> tuple[str, ...]:
    needs = {**URGENT, "interpreter": 0.0 if person.language == "km" else 0.8}
    return tuple(need for need, chance in needs.items() if draws.chance(chance))

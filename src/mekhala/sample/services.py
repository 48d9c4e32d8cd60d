"""The invented services: what the providers offer, to whom, and how many places are free.

Some needs have few services or none for some people (men, transgender people, speakers of
Thai), so that a search finds both matches and unmet need.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date, timedelta
from importlib import resources

from .agencies import agencies_of, agency_called
from .draws import Draws
from .people import InventedPerson

ALL_SEXES = ("female", "male", "other")
STALE_AFTER_DAYS = 200  # how long ago, at most, a service was last confirmed
NEVER_CONFIRMED_SHARE = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """One invented service. ``None`` for places: they are not counted, or not known."""

    code: str
    agency_code: str
    kind: str  # shelter | clinic | counselling | legal_aid | training | family_support | …
    name_en: str
    name_km: str
    province_code: str
    nationwide: bool
    sexes: tuple[str, ...]
    age_from: int
    age_to: int  # included
    forms: tuple[str, ...]  # purpose codes; empty: any
    languages: tuple[str, ...]  # ISO 639-1
    places_total: int | None
    places_free: int | None
    last_confirmed_on: date | None


def services(seed: int, *, today: date) -> tuple[Service, ...]:
    """All invented services as they stand on ``today``.

    Who is taken (``services.csv``) never changes; the places free and the day of last
    confirmation follow from ``seed``. Every social affairs office also offers support in the
    family, in its own province.
    """
    draws = Draws(seed, "services")
    with resources.files(__package__).joinpath("services.csv").open(encoding="utf-8") as file:
        offered = [
            _offered(draws, f"SV-{number:02d}", row, today)
            for number, row in enumerate(csv.DictReader(file), 1)
        ]
    return (*offered, *_family_support(draws, today))


def _offered(draws: Draws, code: str, row: dict[str, str], today: date) -> Service:
    agency = agency_called(row["agency_code"])
    places = int(row["places_total"]) if row["places_total"] else None
    return Service(
        code=code,
        agency_code=agency.code,
        kind=row["kind"],
        name_en=f"{row['name_en']}, {agency.name_en}",
        name_km=f"{row['name_km']} {agency.name_km}",
        province_code=agency.province_code,
        nationwide=row["nationwide"] == "yes",
        sexes=tuple(row["sexes"].split()),
        age_from=int(row["age_from"]),
        age_to=int(row["age_to"]),
        forms=tuple(row["forms"].split()),
        languages=tuple(row["languages"].split()),
        places_total=places,
        places_free=None if places is None else draws.between(0, places // 3),
        last_confirmed_on=_confirmed(draws, today),
    )


def _family_support(draws: Draws, today: date) -> list[Service]:
    return [
        Service(
            code=f"SV-F{office.province_code}",
            agency_code=office.code,
            kind="family_support",
            name_en=f"Support in the family, {office.name_en}",
            name_km=f"ការគាំទ្រក្នុងគ្រួសារ {office.name_km}",
            province_code=office.province_code,
            nationwide=False,
            sexes=ALL_SEXES,
            age_from=0,
            age_to=99,
            forms=(),
            languages=("km",),
            places_total=40,
            places_free=draws.between(0, 20),
            last_confirmed_on=_confirmed(draws, today),
        )
        for office in agencies_of("social_affairs")
    ]


def _confirmed(draws: Draws, today: date) -> date | None:
    if draws.chance(NEVER_CONFIRMED_SHARE):
        return None
    return today - timedelta(days=draws.between(0, STALE_AFTER_DAYS))


def takes(service: Service, person: InventedPerson, *, province_code: str) -> bool:
    """True if the service is for this person, as far as is known, in this province.

    An age or a form of exploitation that nobody knows does not close a door.
    """
    return (
        person.sex in service.sexes
        and (person.age is None or service.age_from <= person.age <= service.age_to)
        and person.language in service.languages
        and (service.nationwide or service.province_code == province_code)
        and (not service.forms or _form_fits(service, person))
    )


def _form_fits(service: Service, person: InventedPerson) -> bool:
    told = {
        code for code, value in person.facts.items() if value == "yes" and code[:8] == "purpose."
    }
    return not told or not told.isdisjoint(service.forms)

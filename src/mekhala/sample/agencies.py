"""The invented agencies: who finds, decides, shelters, treats, advises, prosecutes and counts.

Every name ends in "(invented)" (in Khmer "(ប្រឌិត)"), so that nobody takes one for a real body.
The names stand for kinds of bodies a national referral mechanism has; none copies a real one.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources

from .places import Province, provinces

PHNOM_PENH = "12"
INVENTED, INVENTED_KM = "(invented)", "(ប្រឌិត)"

KINDS = (
    "first_responder",
    "police",
    "border_post",
    "social_affairs",
    "hotline",
    "embassy",
    "competent_authority",
    "shelter",
    "clinic",
    "legal_aid",
    "training",
    "prosecutor",
    "court",
    "statistics",
    "labour",
    "observer",
)
WHO_MEET_PEOPLE = frozenset(
    {"first_responder", "police", "border_post", "social_affairs", "hotline", "embassy"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency:
    """One invented agency; ``province_code`` is where it sits, ``officers`` how many it has."""

    code: str
    kind: str  # one of KINDS
    name_en: str
    name_km: str
    province_code: str
    officers: int
    nationality: str | None = None  # embassies: whose nationals they look after


@cache
def agencies() -> tuple[Agency, ...]:
    """All invented agencies; the same every time, in the order of their codes.

    The bodies of ``agencies.csv``, and in every province a social affairs office (``SA-`` and
    the province) and a police unit (``PO-``).
    """
    with resources.files(__package__).joinpath("agencies.csv").open(encoding="utf-8") as file:
        listed = [_agency(**row) for row in csv.DictReader(file)]
    local = [each for province in provinces() for each in _provincial(province)]
    return tuple(sorted(listed + local, key=lambda agency: agency.code))


def _agency(*, name_en: str, name_km: str, officers: str, nationality: str, **row: str) -> Agency:
    return Agency(
        name_en=f"{name_en} {INVENTED}",
        name_km=f"{name_km} {INVENTED_KM}",
        officers=int(officers),
        nationality=nationality or None,
        **row,
    )


def _provincial(province: Province) -> tuple[Agency, Agency]:
    """The social affairs office and the police unit of a province."""
    office = Agency(
        code=f"SA-{province.code}",
        kind="social_affairs",
        name_en=f"Family Care Office of {province.name_en} {INVENTED}",
        name_km=f"ការិយាល័យថែទាំគ្រួសារ {province.name_kh} {INVENTED_KM}",
        province_code=province.code,
        officers=4,
    )
    unit = Agency(
        code=f"PO-{province.code}",
        kind="police",
        name_en=f"Person Protection Unit of {province.name_en} {INVENTED}",
        name_km=f"អង្គភាពការពារមនុស្ស {province.name_kh} {INVENTED_KM}",
        province_code=province.code,
        officers=5,
    )
    return office, unit


@cache
def agencies_of(kind: str) -> tuple[Agency, ...]:
    """The agencies of one kind."""
    return tuple(agency for agency in agencies() if agency.kind == kind)


def agency_called(code: str) -> Agency:
    """The agency with this code. Raises ``KeyError`` if there is none."""
    return _by_code()[code]


@cache
def _by_code() -> dict[str, Agency]:
    return {agency.code: agency for agency in agencies()}

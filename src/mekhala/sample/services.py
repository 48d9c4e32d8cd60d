"""The invented services: what the providers offer, to whom, and how many places are free.

Some needs have few services or none for some people (men, transgender people, speakers of
Thai), so that a search finds both matches and unmet need.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from .agencies import Agency, agencies, agencies_of
from .draws import Draws
from .people import InventedPerson

ALL_SEXES = ("female", "male", "other")
SEXUAL = (
    "purpose.prostitution_of_others",
    "purpose.other_sexual_exploitation",
    "purpose.pornography",
)
LABOUR = (
    "purpose.forced_labour",
    "purpose.debt_bondage",
    "purpose.servitude",
    "purpose.forced_criminality",
    "purpose.forced_begging",
)
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


# agency, kind, English, Khmer, nationwide, sexes, ages, forms, languages, places
_OFFERED = (
    ("SH-01", "shelter", "Women's rooms", "បន្ទប់ស្ត្រី", True, ("female",), (18, 99), (), ("km", "vi", "en"), 40),
    ("SH-01", "shelter", "Girls' rooms", "បន្ទប់កុមារី", True, ("female",), (6, 17), (), ("km", "vi"), 24),
    ("SH-02", "shelter", "Border night shelter", "ជម្រកយប់ព្រំដែន", False, ("female",), (0, 99), (), ("km", "th"), 30),
    ("SH-03", "shelter", "Men's rooms", "បន្ទប់បុរស", True, ("male", "other"), (18, 99), LABOUR, ("km", "th"), 16),
    ("SH-04", "shelter", "Rooms for transgender people", "បន្ទប់សម្រាប់អ្នកប្លែងភេទ", True, ("other",), (16, 99), (), ("km", "en"), 6),
    ("SH-05", "shelter", "Children's rooms", "បន្ទប់កុមារ", True, ("female", "male"), (0, 15), (), ("km",), 20),
    ("SH-06", "shelter", "Transit rooms", "បន្ទប់ឆ្លងកាត់", False, ALL_SEXES, (18, 99), (), ("km", "zh", "id", "en"), 20),
    ("CL-01", "clinic", "General clinic", "គ្លីនិកទូទៅ", True, ALL_SEXES, (0, 99), (), ("km", "vi", "en"), None),
    ("CL-01", "clinic", "Clinic after sexual violence", "គ្លីនិកក្រោយអំពើហិង្សាផ្លូវភេទ", True, ("female", "other"), (0, 99), SEXUAL, ("km", "vi"), None),
    ("CL-02", "clinic", "Border clinic", "គ្លីនិកព្រំដែន", False, ALL_SEXES, (0, 99), (), ("km", "th"), None),
    ("CL-03", "counselling", "Counselling for adults", "ប្រឹក្សាសម្រាប់មនុស្សពេញវ័យ", True, ALL_SEXES, (18, 99), (), ("km", "en"), 60),
    ("CL-03", "counselling", "Counselling for children", "ប្រឹក្សាសម្រាប់កុមារ", False, ALL_SEXES, (4, 17), (), ("km",), 25),
    ("LA-01", "legal_aid", "Lawyer for victims", "មេធាវីសម្រាប់ជនរងគ្រោះ", True, ALL_SEXES, (0, 99), (), ("km", "vi", "en"), 80),
    ("LA-01", "legal_aid", "Lawyer for those made to offend", "មេធាវីសម្រាប់អ្នកដែលគេបង្ខំ", True, ALL_SEXES, (0, 99), ("purpose.forced_criminality",), ("km", "zh", "en"), 20),
    ("LA-02", "legal_aid", "Wage claims", "បណ្ដឹងទារប្រាក់ឈ្នួល", False, ALL_SEXES, (15, 99), LABOUR, ("km", "th"), 30),
    ("TR-01", "training", "Weaving and sewing", "ត្បាញនិងដេរ", True, ("female", "other"), (15, 45), (), ("km",), 30),
    ("TR-01", "training", "Workshop trades", "ជំនាញរោងជាង", True, ("female", "male", "other"), (16, 50), (), ("km",), 24),
    ("TR-02", "training", "Farming and small trade", "កសិកម្មនិងជំនួញតូច", False, ("female", "male"), (16, 60), (), ("km",), 20),
    ("FR-01", "interpreting", "Interpreters by telephone", "អ្នកបកប្រែតាមទូរស័ព្ទ", True, ALL_SEXES, (0, 99), (), ("km", "vi", "th", "zh", "en"), None),
    ("EM-01", "return_home", "Papers and the way home, Viet Nam", "ឯកសារនិងផ្លូវទៅផ្ទះ វៀតណាម", True, ALL_SEXES, (0, 99), (), ("vi",), None),
    ("EM-02", "return_home", "Papers and the way home, Thailand", "ឯកសារនិងផ្លូវទៅផ្ទះ ថៃ", True, ALL_SEXES, (0, 99), (), ("th",), None),
)  # fmt: skip


def services(seed: int, *, today: date) -> tuple[Service, ...]:
    """All invented services as they stand on ``today``.

    Who is taken never changes; the places free and the day of last confirmation follow from
    ``seed``. Every social affairs office also offers support in the family.
    """
    draws = Draws(seed, "services")
    offered = [_offered(draws, number, row, today) for number, row in enumerate(_OFFERED, 1)]
    return (*offered, *_family_support(draws, today))


def _offered(draws: Draws, number: int, row: tuple, today: date) -> Service:
    agency_code, kind, name_en, name_km, nationwide, sexes, ages, forms, languages, places = row
    agency = _agency(agency_code)
    return Service(
        code=f"SV-{number:02d}",
        agency_code=agency_code,
        kind=kind,
        name_en=f"{name_en}, {agency.name_en}",
        name_km=f"{name_km} {agency.name_km}",
        province_code=agency.province_code,
        nationwide=nationwide,
        sexes=sexes,
        age_from=ages[0],
        age_to=ages[1],
        forms=forms,
        languages=languages,
        places_total=places,
        places_free=None if places is None else draws.between(0, places // 3),
        last_confirmed_on=_confirmed(draws, today),
    )


def _agency(code: str) -> Agency:
    return next(agency for agency in agencies() if agency.code == code)


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

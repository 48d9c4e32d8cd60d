"""The invented agencies: who finds, decides, shelters, treats, advises, prosecutes and counts.

Every name ends in "(invented)" (in Khmer "(ប្រឌិត)"), so that nobody takes one for a real body.
The names stand for kinds of bodies a national referral mechanism has; none copies a real one.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

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


# code, kind, English, Khmer, province, officers
_NATIONAL = (
    ("CA-01", "competent_authority", "Victim Recognition Board", "ក្រុមប្រឹក្សាទទួលស្គាល់ជនរងគ្រោះ", "12", 8),
    ("ST-01", "statistics", "Office of Counting", "ការិយាល័យរាប់ចំនួន", "12", 4),
    ("HL-01", "hotline", "Kingfisher Helpline", "ខ្សែទូរស័ព្ទជំនួយត្រដក់", "12", 10),
    ("FR-01", "first_responder", "Morning Star Field Team", "ក្រុមចុះមូលដ្ឋានផ្កាយព្រឹក", "12", 8),
    ("FR-02", "first_responder", "Riverbank Outreach", "ក្រុមចុះជួយមាត់ទន្លេ", "02", 6),
    ("FR-03", "first_responder", "Sugar Palm Outreach", "ក្រុមចុះជួយដើមត្នោត", "17", 6),
    ("FR-04", "first_responder", "Harbour Light Outreach", "ក្រុមចុះជួយពន្លឺកំពង់ផែ", "18", 6),
    ("BP-01", "border_post", "Western Gate Post", "ប៉ុស្តិ៍ច្រកទ្វារខាងលិច", "01", 8),
    ("BP-02", "border_post", "Eastern Gate Post", "ប៉ុស្តិ៍ច្រកទ្វារខាងកើត", "20", 6),
    ("BP-03", "border_post", "Southern Shore Post", "ប៉ុស្តិ៍ឆ្នេរខាងត្បូង", "09", 5),
    ("BP-04", "border_post", "Northern Pass Post", "ប៉ុស្តិ៍ច្រកភ្នំខាងជើង", "22", 4),
    ("BP-05", "border_post", "Airport Arrivals Post", "ប៉ុស្តិ៍មកដល់អាកាសយានដ្ឋាន", "12", 5),
    ("SH-01", "shelter", "Lotus Field House", "ផ្ទះវាលឈូក", "12", 6),
    ("SH-02", "shelter", "Rice Flower House", "ផ្ទះផ្កាស្រូវ", "01", 5),
    ("SH-03", "shelter", "Banyan Shade House for Men", "ផ្ទះម្លប់ពោធិ៍សម្រាប់បុរស", "02", 4),
    ("SH-04", "shelter", "Rainbow Fish House", "ផ្ទះត្រីឥន្ទធនូ", "12", 4),
    ("SH-05", "shelter", "Swallow Nest Children's House", "ផ្ទះកុមារសំបុកត្រចៀកកាំ", "17", 6),
    ("SH-06", "shelter", "Seven Candles Transit House", "ផ្ទះឆ្លងកាត់ទៀនប្រាំពីរ", "18", 4),
    ("CL-01", "clinic", "Tamarind Clinic", "គ្លីនិកអំពិល", "12", 6),
    ("CL-02", "clinic", "Jasmine Clinic", "គ្លីនិកម្លិះ", "01", 4),
    ("CL-03", "clinic", "Still Water Counselling Rooms", "បន្ទប់ប្រឹក្សាទឹកស្ងប់", "17", 4),
    ("LA-01", "legal_aid", "Open Gate Legal Aid", "ជំនួយផ្នែកច្បាប់ទ្វារបើក", "12", 5),
    ("LA-02", "legal_aid", "Even Scales Legal Aid", "ជំនួយផ្នែកច្បាប់ជញ្ជីងស្មើ", "02", 3),
    ("TR-01", "training", "Loom and Lathe Training", "មជ្ឈមណ្ឌលបណ្ដុះបណ្ដាលកីនិងក្រឡឹង", "12", 4),
    ("TR-02", "training", "Green Shoots Training", "មជ្ឈមណ្ឌលបណ្ដុះបណ្ដាលពន្លក", "02", 3),
    ("PR-01", "prosecutor", "Prosecution Office of the River", "អយ្យការទន្លេ", "12", 4),
    ("PR-02", "prosecutor", "Prosecution Office of the Lake", "អយ្យការបឹង", "02", 3),
    ("CO-01", "court", "Court of the River", "សាលាដំបូងទន្លេ", "12", 4),
    ("CO-02", "court", "Court of the Lake", "សាលាដំបូងបឹង", "02", 3),
)  # fmt: skip

_EMBASSIES = (
    ("EM-01", "Embassy Desk for Vietnamese Nationals", "តុស្ថានទូតសម្រាប់ពលរដ្ឋវៀតណាម", "VNM"),
    ("EM-02", "Embassy Desk for Thai Nationals", "តុស្ថានទូតសម្រាប់ពលរដ្ឋថៃ", "THA"),
    ("EM-03", "Embassy Desk for Nationals Abroad", "តុស្ថានទូតសម្រាប់ពលរដ្ឋខ្មែរនៅបរទេស", "KHM"),
)


@cache
def agencies() -> tuple[Agency, ...]:
    """All invented agencies; the same every time, in the order of their codes."""
    national = tuple(_agency(*row) for row in _NATIONAL)
    embassies = tuple(_embassy(*row) for row in _EMBASSIES)
    local = tuple(each for province in provinces() for each in _provincial(province))
    return tuple(sorted(national + embassies + local, key=lambda agency: agency.code))


def _agency(
    code: str, kind: str, name_en: str, name_km: str, province_code: str, officers: int
) -> Agency:
    return Agency(
        code=code,
        kind=kind,
        name_en=f"{name_en} {INVENTED}",
        name_km=f"{name_km} {INVENTED_KM}",
        province_code=province_code,
        officers=officers,
    )


def _embassy(code: str, name_en: str, name_km: str, nationality: str) -> Agency:
    return Agency(
        code=code,
        kind="embassy",
        name_en=f"{name_en} {INVENTED}",
        name_km=f"{name_km} {INVENTED_KM}",
        province_code=PHNOM_PENH,
        officers=3,
        nationality=nationality,
    )


def _provincial(province: Province) -> tuple[Agency, Agency]:
    """The social affairs office and the police unit of a province."""
    code = province.code
    return (
        _agency(
            f"SA-{code}",
            "social_affairs",
            f"Family Care Office of {province.name_en}",
            f"ការិយាល័យថែទាំគ្រួសារ {province.name_kh}",
            code,
            4,
        ),
        _agency(
            f"PO-{code}",
            "police",
            f"Person Protection Unit of {province.name_en}",
            f"អង្គភាពការពារមនុស្ស {province.name_kh}",
            code,
            5,
        ),
    )


@cache
def agencies_of(kind: str) -> tuple[Agency, ...]:
    """The agencies of one kind."""
    return tuple(agency for agency in agencies() if agency.kind == kind)

"""The certificate as a PDF: one A4 page in Khmer and English that names nobody.

The square code holds the address of the checking page and nothing else. Number and code are
typed there and posted: in an address, even behind ``#``, they would stay in the history of the
phone that read them. The same registration always gives the same bytes.
"""

from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from mekhala.pathway.registration.models import Registration

TEMPLATE = Path(__file__).with_name("certificate.typ")
FONTS = "pdf-fonts"
_KHMER_DIGITS = str.maketrans("0123456789", "០១២៣៤៥៦៧៨៩")
_KHMER_MONTHS = (
    "មករា", "កុម្ភៈ", "មីនា", "មេសា", "ឧសភា", "មិថុនា", "កក្កដា", "សីហា", "កញ្ញា", "តុលា",
    "វិច្ឆិកា", "ធ្នូ",
)  # fmt: skip
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def pdf(registration: Registration) -> bytes:
    """Return the certificate of a registration as PDF/A-2b."""
    import typst

    made = typst.compile(
        TEMPLATE, font_paths=_fonts(), ignore_system_fonts=True, format="pdf",
        sys_inputs=words(registration), pdf_standards="a-2b",
    )  # fmt: skip
    assert isinstance(made, bytes)
    return made


def words(registration: Registration) -> dict[str, str]:
    """Return what is printed on this certificate and on no other."""
    issued = timezone.localdate(registration.registered_at)
    code = registration.certificate_code
    return {
        "number": registration.number, "code": f"{code[:5]} {code[5:]}",
        "issued": issued.isoformat(),
        "issued_km": day_in_khmer(issued), "issued_en": day_in_english(issued),
        "address": checking_address(), "qr": _qr(checking_address()),
    }  # fmt: skip


def checking_address() -> str:
    """Return the address at which anyone checks a certificate."""
    return f"{settings.PUBLIC_URL.rstrip('/')}/certificate/"


def day_in_khmer(day: date) -> str:
    """Return a day in words, with Khmer digits."""
    said = f"ថ្ងៃទី {day.day} ខែ{_KHMER_MONTHS[day.month - 1]} ឆ្នាំ {day.year}"
    return said.translate(_KHMER_DIGITS)


def day_in_english(day: date) -> str:
    """Return a day as "9 March 2026"."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _fonts() -> list[Path]:
    """Return the folder of the shipped fonts; those of the machine are never used."""
    return [settings.BUILT / FONTS]


@cache
def _qr(address: str) -> str:
    import segno

    drawn = BytesIO()
    segno.make(address, error="m", micro=False).save(
        drawn, kind="svg", xmldecl=False, border=2, scale=4
    )
    return drawn.getvalue().decode()

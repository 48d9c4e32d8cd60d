"""The certificate as a PDF: one A4 page in Khmer and English that names nobody.

The square code holds the address of the checking page and nothing else. Number and code are
typed there and posted: in an address, even behind ``#``, they would stay in the history of the
phone that read them. The same registration always gives the same bytes.
"""

from functools import cache
from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from mekhala.core.calendar.in_words import day_in_words
from mekhala.pathway.determination.letters.paper import paper
from mekhala.pathway.registration.models import Registration

TEMPLATE = Path(__file__).with_name("certificate.typ")


def pdf(registration: Registration) -> bytes:
    """Return the certificate of a registration as PDF/UA-1 and PDF/A-2a."""
    return paper(TEMPLATE, words(registration))


def words(registration: Registration) -> dict[str, str]:
    """Return what is printed on this certificate and on no other."""
    issued = timezone.localdate(registration.registered_at)
    code = registration.certificate_code
    return {
        "number": registration.number, "code": f"{code[:5]} {code[5:]}",
        "issued": issued.isoformat(),
        "issued_km": day_in_words(issued, "km"), "issued_en": day_in_words(issued, "en"),
        "address": checking_address(), "qr": _qr(checking_address()),
    }  # fmt: skip


def checking_address() -> str:
    """Return the address at which anyone checks a certificate."""
    return f"{settings.PUBLIC_URL.rstrip('/')}/certificate/"


@cache
def _qr(address: str) -> str:
    import segno

    drawn = BytesIO()
    segno.make(address, error="m", micro=False).save(
        drawn, kind="svg", xmldecl=False, border=2, scale=4
    )
    return drawn.getvalue().decode()

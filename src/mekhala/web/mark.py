"""Who took something out of here: printed below each page, and noted for each copy (R-48)."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from mekhala.safeguards.access.models import Officer


@dataclass(frozen=True)
class Mark:
    """Who, of which agency, when, and a serial number that stands in the log too."""

    who: str
    agency: str
    at: datetime
    serial: str


def mark_of(officer: Officer) -> Mark:
    """Return a new mark for ``officer``: 48 random bits are its serial."""
    serial = secrets.token_hex(6).upper()
    return Mark(officer.shown_as, str(officer.agency), timezone.now(), serial)

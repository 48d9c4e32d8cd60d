"""What a body may hold: as the document of the API says, and nothing that merely resembles it.

JSON has kinds of its own. A 0 that becomes *no*, or a number that becomes a day in 1970, would
put words into somebody's mouth; such a value is refused by the name of its field instead.
"""

import re
from datetime import UTC, date, datetime
from typing import Annotated

from django.utils import timezone
from ninja import Schema
from pydantic import AfterValidator, AwareDatetime, BeforeValidator, ConfigDict, Field

NO_NUL = r"^[^\x00]*$"  # PostgreSQL keeps no NUL in text
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_EXPECTED = "expected a moment such as 2026-03-09T10:00:00+07:00"
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d")


class Strict(Schema):
    """What is sent in; a key that is not known is refused by name."""

    model_config = ConfigDict(extra="forbid")


def _day(given: object) -> object:
    """Refuse what is not written as a day; pydantic would read a number as seconds since 1970."""
    if isinstance(given, date) or (isinstance(given, str) and _DAY.fullmatch(given)):
        return given
    raise ValueError("expected a day such as 2026-03-09")


def _moment(given: object) -> object:
    if isinstance(given, date) or (isinstance(given, str) and _MOMENT.match(given)):
        return given
    raise ValueError(_EXPECTED)


def _on_our_clock(moment: datetime) -> datetime:
    """Refuse a moment at the edge of years 1 and 9999: here its day is in none of them."""
    try:
        timezone.localtime(moment)
        moment.astimezone(UTC)
    except OverflowError:
        raise ValueError(_EXPECTED) from None
    return moment


Day = Annotated[date, BeforeValidator(_day)]
Moment = Annotated[AwareDatetime, BeforeValidator(_moment), AfterValidator(_on_our_clock)]
YesNo = Annotated[bool, Field(strict=True)]
Whole = Annotated[int, Field(strict=True)]
Number = Annotated[float, Field(strict=True, allow_inf_nan=False)]

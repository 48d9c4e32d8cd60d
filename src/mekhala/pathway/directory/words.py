"""Sexes, ages, languages and provinces as words in the reader's language."""

from collections.abc import Iterable
from functools import cache
from itertools import pairwise

from django.utils.dates import WEEKDAYS
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mekhala.pathway.directory.languages import BEFORE, LANGUAGES
from mekhala.pathway.directory.models import Service
from mekhala.pathway.directory.offers import Offer
from mekhala.pathway.encounter.models import Sex

BANDS_KM = (50, 100, 200, 300)


def sexes_taken(service: Service | Offer) -> str:
    """Return whom the service takes, as "Female, Other"."""
    return ", ".join(str(Sex(code).label) for code in service.takes_sexes)


def ages_taken(service: Service | Offer) -> str:
    """Return the ages the service takes; bounds are included."""
    if service.youngest == 0 and service.oldest >= 99:
        return _("any age")
    if service.oldest >= 99:
        return _("%(youngest)d and older") % {"youngest": service.youngest}
    return _("%(youngest)d to %(oldest)d") % {
        "youngest": service.youngest,
        "oldest": service.oldest,
    }


def children_taken(service: Service | Offer) -> str:
    """Return how old children with a parent may be: only the limits that are told, "" for none."""
    said = {"boys": service.boys_to, "girls": service.girls_to}
    if service.boys_to is not None and service.girls_to is not None:
        return _("boys to %(boys)d, girls to %(girls)d years") % said
    if service.boys_to is not None:
        return _("boys to %(boys)d years") % said
    if service.girls_to is not None:
        return _("girls to %(girls)d years") % said
    return ""


def hours(service: Service | Offer) -> str:
    """Return the hours in which somebody may arrive; "" where they are not known."""
    if service.opens_at is None or service.closes_at is None:
        return ""
    if service.opens_at == service.closes_at:
        return _("day and night")
    return f"{service.opens_at:%H:%M}–{service.closes_at:%H:%M}"


def day_names(days: Iterable[int]) -> str:
    """Return days of the week, Monday 1 to Sunday 7, by name."""
    return ", ".join(str(WEEKDAYS[day - 1]) for day in sorted(days))


def how_far(kilometres: int | None, *, same_province: bool | None) -> str:
    """Return a distance between provinces as a band; from seat to seat, so nothing exact."""
    if same_province:
        return _("Same province")
    if kilometres is None:
        return _("Distance not known")
    if kilometres < BANDS_KM[0]:
        return _("less than %(km)d km away") % {"km": BANDS_KM[0]}
    for low, high in pairwise(BANDS_KM):
        if kilometres < high:
            return _("%(low)d to %(high)d km away") % {"low": low, "high": high}
    return _("more than %(km)d km away") % {"km": BANDS_KM[-1]}


def language_names(codes: Iterable[str]) -> str:
    """Return languages by name, in the reader's language."""
    return ", ".join(language_name(code) for code in codes)


def language_name(code: str) -> str:
    """Return one language by the name it has with us, else in CLDR; its code if it has neither."""
    spoken, reader = (one.split("-", maxsplit=1)[0] for one in (code, get_language() or "en"))
    known = LANGUAGES.get(BEFORE.get(spoken, spoken))
    return str(known) if known else _language_name(spoken, reader)


@cache
def _language_name(code: str, reader: str) -> str:
    from babel import Locale

    return str(Locale.parse(reader).languages.get(code, code))

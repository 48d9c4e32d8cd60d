"""Sexes, ages, languages and provinces as words in the reader's language."""

from collections.abc import Iterable
from functools import cache

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mekhala.pathway.directory.models import Service
from mekhala.pathway.directory.offers import Offer
from mekhala.pathway.encounter.models import Sex


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


def hours(service: Service | Offer) -> str:
    """Return the hours in which somebody may arrive; "" where they are not known."""
    if service.opens_at is None or service.closes_at is None:
        return ""
    if service.opens_at == service.closes_at:
        return _("day and night")
    return f"{service.opens_at:%H:%M}–{service.closes_at:%H:%M}"


def language_names(codes: Iterable[str]) -> str:
    """Return languages by name, in the reader's language where CLDR has the name."""
    return ", ".join(language_name(code) for code in codes)


def language_name(code: str) -> str:
    """Return one language by name; the code itself where no name is known."""
    reader = get_language() or "en"
    return _language_name(code.split("-", maxsplit=1)[0], reader.split("-", maxsplit=1)[0])


@cache
def _language_name(code: str, reader: str) -> str:
    from babel import Locale

    return str(Locale.parse(reader).languages.get(code, code))

"""Why a service suits or does not, in the reader's words: one function for each rule.

Each takes the service, the needs and the rule's answer, and returns one line.
"""

from collections.abc import Callable, Sequence
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mekhala.core.vocabulary.countries import country_name
from mekhala.pathway.directory.models import Form, LeftOut, Service
from mekhala.pathway.directory.needs import Needs
from mekhala.pathway.directory.offers import Offer
from mekhala.pathway.directory.words import (
    ages_taken,
    children_taken,
    day_names,
    hours,
    language_names,
    sexes_taken,
)


def restricted(service: Service | Offer) -> Sequence[str]:
    """Return whom restrictions in force leave out; known of services that ``queries`` returned."""
    return getattr(service, "restricted", ())


def closed_until(service: Service | Offer) -> date | None:
    """Return the last day of a closure; known of services that ``queries`` returned."""
    return getattr(service, "closed_until", None)


def _places(service: Service | Offer, needs: Needs, _fits: bool | None) -> str:
    free = service.free_now
    if free is None:
        return _("Places are not counted here")
    if free == 0:
        return _("No place is free now")
    if free < needs.places:
        return _("Free now: %(count)d; needed: %(needed)d") % {
            "count": free, "needed": needs.places,
        }  # fmt: skip
    if last := _last_night(service, needs):
        day = date_format(last, "DATE_FORMAT")
        return _("Free now: %(count)d, until the night of %(day)s; fewer places afterwards") % {
            "count": free, "day": day,
        }  # fmt: skip
    return _("Free now: %(count)d") % {"count": free}


def _last_night(service: Service | Offer, needs: Needs) -> date | None:
    night = needs.night or getattr(service, "night_asked", None)
    return service.room_until(night, needs.places) if night else None


def _sex(service: Service | Offer, _needs: Needs, fits: bool | None) -> str:
    taken = {"taken": sexes_taken(service)}
    if fits:
        return _("Takes: %(taken)s") % taken
    if fits is None:
        return _("Sex not known; takes: %(taken)s. Ask.") % taken
    return _("Takes only: %(taken)s") % taken


def _age(service: Service | Offer, _needs: Needs, fits: bool | None) -> str:
    taken = {"taken": ages_taken(service)}
    if fits:
        return _("Ages: %(taken)s") % taken
    if fits is None:
        return _("Age not known; takes ages: %(taken)s. Ask.") % taken
    return _("Takes only ages: %(taken)s") % taken


def _language(service: Service | Offer, needs: Needs, fits: bool | None) -> str:
    spoken = {"spoken": language_names(service.languages)}
    if not service.languages:
        return _("Languages spoken are not known. Ask.")
    if not needs.language:
        return _("Language not known; speaks: %(spoken)s. Ask.") % spoken
    if fits:
        return _("Speaks: %(spoken)s") % spoken
    return _("Speaks: %(spoken)s. Ask for an interpreter.") % spoken


def _transgender(_service: Service | Offer, _needs: Needs, fits: bool | None) -> str:
    if fits is None:
        return _("Whether it takes transgender people is not known. Ask.")
    return _("Takes transgender people") if fits else _("Does not take transgender people")


def _children(service: Service | Offer, needs: Needs, fits: bool | None) -> str:
    if needs.with_parent is False:
        return _without_parent(fits)
    if service.takes_families is None:
        return _("Whether it takes parents with children is not known. Ask.")
    if not service.takes_families:
        return _no_parents(fits)
    if fits:
        return _("Takes parents with their children")
    return _child_words(service, fits)


def _without_parent(fits: bool | None) -> str:
    if fits is None:
        return _("Whether it takes all these children without a parent is not known. Ask.")
    if fits:
        return _("Takes all these children, without a parent too")
    return _("Does not take all these children without a parent")


def _no_parents(fits: bool | None) -> str:
    if fits is False:
        return _("Does not take parents with children")
    return _("Does not take parents with children. Ask about children alone.")


def _child_words(service: Service | Offer, fits: bool | None) -> str:
    taken = {"taken": children_taken(service)}
    if not taken["taken"]:
        return _("Takes children with a parent; whether alone too is not known. Ask.")
    if fits is None:
        return _("With a parent: %(taken)s. Ask.") % taken
    return _("With a parent only: %(taken)s") % taken


def _step_free(_service: Service | Offer, _needs: Needs, fits: bool | None) -> str:
    if fits is None:
        return _("Whether it is without steps is not known. Ask.")
    return _("Without steps") if fits else _("Has steps: not for somebody who cannot climb")


def _stay(service: Service | Offer, _needs: Needs, fits: bool | None) -> str:
    if fits is None:
        return _("For how long it is meant is not known. Ask.")
    meant = {"stay": service.get_stay_display()}
    return (_("Meant for: %(stay)s") if fits else _("Meant only for: %(stay)s")) % meant


def _nationality(service: Service | Offer, _needs: Needs, fits: bool | None) -> str:
    reader = get_language() or "en"
    taken = {"taken": ", ".join(country_name(code, reader) for code in service.nationalities)}
    if fits:
        return _("Takes people of: %(taken)s") % taken
    if fits is None:
        return _("Nationality not known; takes people of: %(taken)s. Ask.") % taken
    return _("Takes only people of: %(taken)s") % taken


def _form(service: Service | Offer, _needs: Needs, fits: bool | None) -> str:
    made_for = {"forms": ", ".join(str(Form(code).label) for code in service.forms)}
    if fits is None:
        return _("Made for: %(forms)s. Ask.") % made_for
    return (_("Made for: %(forms)s") if fits else _("Only for: %(forms)s")) % made_for


def _hours(service: Service | Offer, _needs: Needs, fits: bool | None) -> str:
    if service.opens_at is None:
        return _("Hours are not known. Ask.")
    open_then = {"hours": hours(service)}
    return (_("Open: %(hours)s") if fits else _("Not open then: %(hours)s")) % open_then


def _night(service: Service | Offer, _needs: Needs, fits: bool | None) -> str:
    if until := closed_until(service):
        return _("Closed that night, until %(day)s") % {"day": date_format(until, "DATE_FORMAT")}
    days = {"days": day_names(service.closed_days)}
    if fits is None:
        return _("Closed on: %(days)s. Ask.") % days
    return (_("Open that night; closed on: %(days)s") if fits
            else _("Closed that night; closed on: %(days)s")) % days  # fmt: skip


def _restricted(service: Service | Offer, _needs: Needs, fits: bool | None) -> str:
    kept_out = "; ".join(str(LeftOut(kind).label) for kind in restricted(service))
    if fits:
        return _("After an inspection, but not for this person: %(what)s") % {"what": kept_out}
    return _("After an inspection: %(what)s") % {"what": kept_out}


SAY: dict[str, Callable[[Service | Offer, Needs, bool | None], str]] = {
    "places": _places, "sex": _sex, "age": _age, "language": _language,
    "transgender": _transgender, "children": _children, "step_free": _step_free, "stay": _stay,
    "nationality": _nationality, "form": _form, "hours": _hours, "restriction": _restricted,
    "night": _night,
}  # fmt: skip

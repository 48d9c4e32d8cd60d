"""Whether a service suits somebody, and why: rules about the service, never about the person.

A service is ruled out only by what is known: a sex or an age it does not take, or no free
place. What is not known is asked of the service; a language can be helped by an interpreter.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from mekhala.pathway.directory.models import Service
from mekhala.pathway.directory.words import ages_taken, language_names, sexes_taken
from mekhala.pathway.encounter.models import Case, Sex

ALL_SEXES = {Sex.FEMALE, Sex.MALE, Sex.OTHER}
ANY_AGE = 99  # a service that takes people up to here takes any age
_ORDER = {True: 0, None: 1, False: 2}


@dataclass(frozen=True, kw_only=True)
class Reason:
    """One thing that speaks for a service, against it, or is to be asked (None)."""

    about: str  # places, sex, age or language
    fits: bool | None
    words: str


@dataclass(frozen=True, kw_only=True)
class Fit:
    """One service, whether it suits (None: to be asked), and every reason why."""

    service: Service
    fits: bool | None
    reasons: tuple[Reason, ...]
    same_province: bool | None

    @property
    def takes(self) -> bool | None:
        """Return whether the service takes such a person at all, free places left aside."""
        return _joined(r.fits for r in self.reasons if r.about != "places")

    @property
    def against(self) -> list[Reason]:
        """Return the reasons why it does not suit."""
        return [r for r in self.reasons if r.fits is False]

    @property
    def to_ask(self) -> list[Reason]:
        """Return what is still to be asked of the service."""
        return [r for r in self.reasons if r.fits is None]


def fit(service: Service, *, sex: str, age: int | None, language: str, province_code: str) -> Fit:
    """Return whether ``service`` suits, with reasons. Unknown: sex "unknown", age None, else ""."""
    reasons = (
        _places(service), _sex(service, sex), _age(service, age), _language(service, language),
    )  # fmt: skip
    near = service.province_code == province_code if province_code else None
    return Fit(
        service=service, fits=_joined(r.fits for r in reasons), reasons=reasons, same_province=near
    )


def in_order(fits: Iterable[Fit]) -> list[Fit]:
    """Return suitable services first, then near ones, then the latest confirmed."""
    return sorted(
        fits,
        key=lambda f: (
            _ORDER[f.fits], not f.same_province, -f.service.confirmed_at.timestamp(), f.service.pk,
        ),
    )  # fmt: skip


def age_to_fit(case: Case) -> int | None:
    """Return the age a service is asked about: None where it is disputed or not known."""
    return case.age if case.age_certainty in ("known", "estimated") else None


def _plain(language: str) -> str:
    """Return the language without its script or region."""
    return language.split("-", maxsplit=1)[0]


def _joined(answers: Iterable[bool | None]) -> bool | None:
    found = set(answers)
    return False if False in found else None if None in found else True


def _places(service: Service) -> Reason:
    if service.places_free is None:
        return Reason(about="places", fits=True, words=_("Places are not counted here"))
    if service.places_free == 0:
        return Reason(about="places", fits=False, words=_("No place is free now"))
    return Reason(
        about="places", fits=True, words=_("Free now: %(count)d") % {"count": service.places_free}
    )


def _sex(service: Service, sex: str) -> Reason:
    taken = {"taken": sexes_taken(service)}
    if sex in service.takes_sexes or set(service.takes_sexes) >= ALL_SEXES:
        return Reason(about="sex", fits=True, words=_("Takes: %(taken)s") % taken)
    if sex == Sex.UNKNOWN:
        return Reason(
            about="sex", fits=None, words=_("Sex not known; takes: %(taken)s. Ask.") % taken
        )
    return Reason(about="sex", fits=False, words=_("Takes only: %(taken)s") % taken)


def _age(service: Service, age: int | None) -> Reason:
    taken = {"taken": ages_taken(service)}
    anyone = service.youngest == 0 and service.oldest >= ANY_AGE
    if anyone or (age is not None and service.youngest <= age <= service.oldest):
        return Reason(about="age", fits=True, words=_("Ages: %(taken)s") % taken)
    if age is None:
        return Reason(
            about="age", fits=None, words=_("Age not known; takes ages: %(taken)s. Ask.") % taken
        )
    return Reason(about="age", fits=False, words=_("Takes only ages: %(taken)s") % taken)


def _language(service: Service, language: str) -> Reason:
    spoken = {"spoken": language_names(service.languages)}
    if not service.languages:
        return Reason(about="language", fits=None, words=_("Languages spoken are not known. Ask."))
    if not language:
        return Reason(
            about="language",
            fits=None,
            words=_("Language not known; speaks: %(spoken)s. Ask.") % spoken,
        )
    if _plain(language) in {_plain(code) for code in service.languages}:
        return Reason(about="language", fits=True, words=_("Speaks: %(spoken)s") % spoken)
    return Reason(
        about="language", fits=None, words=_("Speaks: %(spoken)s. Ask for an interpreter.") % spoken
    )

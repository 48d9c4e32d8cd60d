"""Whether a service suits somebody, and why: rules about the service, never about the person.

A service is ruled out only by what is known: whom it does not take, a restriction, hours, or too
few places. What is not known is asked of the service; a language can be helped by an interpreter.
Each rule is a function that answers True, False or None and one that puts the answer in words;
words are made only for what is shown.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from operator import itemgetter
from typing import Any

from mekhala.core.vocabulary.distances import kilometres
from mekhala.pathway.directory import reasons as words
from mekhala.pathway.directory.models import LeftOut, Service
from mekhala.pathway.directory.needs import ADULT, Child, Needs
from mekhala.pathway.directory.offers import Offer
from mekhala.pathway.directory.who_comes import age, children, is_made_for, joined, sex
from mekhala.pathway.directory.words import how_far
from mekhala.pathway.encounter.models import Sex

FAR = 10_000  # a distance that is not known comes last
type Rule = Callable[[Service | Offer, Needs], bool | None]
_ORDER = {True: 0, None: 1, False: 2}


@dataclass(frozen=True, kw_only=True)
class Reason:
    """One thing that speaks for a service, against it, or is to be asked (None)."""

    about: str
    fits: bool | None
    words: str


@dataclass(kw_only=True)
class Fit:
    """One service, whether it suits (None: to be asked), and every reason why."""

    service: Service | Offer
    needs: Needs
    answers: dict[str, bool | None]
    kilometres: int | None

    @cached_property
    def fits(self) -> bool | None:
        """Return whether it suits now."""
        return joined(self.answers.values())

    @cached_property
    def takes(self) -> bool | None:
        """Return whether it takes such a person at all, whatever is free, when and how long."""
        return joined([fits for about, fits in self.answers.items() if about not in PASSING])

    @cached_property
    def reasons(self) -> tuple[Reason, ...]:
        """Return every reason in words, in the reader's language of this moment."""
        return tuple(
            Reason(about=about, fits=fits, words=words.SAY[about](self.service, self.needs, fits))
            for about, fits in self.answers.items()
        )

    @property
    def same_province(self) -> bool | None:
        """Return whether it is in the province asked about; None where none was."""
        asked = self.needs.province_code
        return self.service.province_code == asked if asked else None

    @property
    def how_far(self) -> str:
        """Return how far it is, as a band: nothing finer tells where a house stands."""
        return how_far(self.kilometres, same_province=self.same_province)

    @property
    def against(self) -> list[Reason]:
        """Return the reasons why it does not suit."""
        return [r for r in self.reasons if r.fits is False]

    @property
    def to_ask(self) -> list[Reason]:
        """Return what is still to be asked of the service."""
        return [r for r in self.reasons if r.fits is None]


def fit(service: Service | Offer, needs: Needs) -> Fit:
    """Return whether ``service`` suits ``needs``, with reasons. Reads nothing but the two."""
    return next(judged(needs, [service]))


@dataclass(frozen=True, kw_only=True)
class Found:
    """What a match found, in order: fit, made for such a person, nearness, latest confirmed.

    ``can_be_asked`` and ``unsuitable`` are the first of each, ``more`` how many are not listed.
    ``would_take`` and ``barriers`` are of all that were judged: whether any service takes such a
    person at all, and which rules ruled services out.
    """

    can_be_asked: list[Fit]
    unsuitable: list[Fit]
    more: int
    would_take: bool
    barriers: list[str]

    def __iter__(self) -> Iterator[Fit]:
        """Yield what is listed, those that can be asked first."""
        return chain(self.can_be_asked, self.unsuitable)


class _First:
    """Keeps the first ``most`` of any number: thousands are judged and few are alive at once."""

    def __init__(self, most: int | None) -> None:
        self.most, self.seen = most, 0
        self._kept: list[tuple[tuple[Any, ...], Fit]] = []
        self._last: tuple[Any, ...] | None = None  # what is behind this is not among the first

    def add(self, fit: Fit) -> None:
        self.seen += 1
        place = _place(fit)
        if self._last is None or place < self._last:
            self._kept.append((place, fit))
            if self.most is not None and len(self._kept) >= 4 * self.most:
                self.listed()

    def listed(self) -> list[Fit]:
        """Return the first, in order, and forget the rest."""
        self._kept.sort(key=itemgetter(0))
        if self.most is not None and len(self._kept) > self.most:
            del self._kept[self.most :]
            self._last = self._kept[-1][0]
        return [fit for _place, fit in self._kept]


def match(needs: Needs, services: Iterable[Service | Offer], *, most: int | None = None) -> Found:
    """Judge every service; list all or, of those that suit and those that do not, ``most``."""
    can, cannot = _First(most), _First(most)
    barriers: set[str] = set()
    would_take = False
    for each in judged(needs, services):
        if each.fits is False:
            cannot.add(each)
            barriers.update(about for about, fits in each.answers.items() if fits is False)
        else:
            can.add(each)
        would_take = would_take or each.takes is not False
    listed = {"can_be_asked": can.listed(), "unsuitable": cannot.listed()}
    more = can.seen + cannot.seen - sum(map(len, listed.values()))
    return Found(**listed, more=more, would_take=would_take, barriers=sorted(barriers))


def judged(needs: Needs, services: Iterable[Service | Offer]) -> Iterator[Fit]:
    """Yield each service with whether it suits, one at a time, in the order it came."""
    asked = [(about, rule) for about, matters, rule in _IF_NEEDED if matters(needs)]
    rules = [*_ALWAYS.items(), *asked]
    for service in services:
        answers = {about: rule(service, needs) for about, rule in rules}
        for about, limits, rule in _IF_LIMITED:
            if limits(service):
                answers[about] = rule(service, needs)
        near = kilometres(needs.province_code, service.province_code)
        yield Fit(service=service, needs=needs, answers=answers, kilometres=near)


def _place(found: Fit) -> tuple[Any, ...]:
    """Return where it stands among others: fit, made for them, nearness, latest confirmed."""
    far = FAR if found.kilometres is None else found.kilometres
    service = found.service
    said_at = service.confirmed_at.timestamp() if service.confirmed_at else 0
    return (_ORDER[found.fits], not is_made_for(service, found.needs), far, not found.same_province,
            -said_at, service.pk)  # fmt: skip


def _places(service: Service | Offer, needs: Needs) -> bool:
    free = service.free_now
    return free is None or free >= needs.places


def _language(service: Service | Offer, needs: Needs) -> bool | None:
    if not service.languages or not needs.language:
        return None
    spoken = {code.split("-", maxsplit=1)[0] for code in service.languages}
    return True if needs.language.split("-", maxsplit=1)[0] in spoken else None


def _nationality(service: Service | Offer, needs: Needs) -> bool | None:
    return needs.nationality in service.nationalities if needs.nationality else None


def _form(service: Service | Offer, needs: Needs) -> bool | None:
    return needs.form in service.forms if needs.form else None


def _hours(service: Service | Offer, needs: Needs) -> bool | None:
    opens, closes = service.opens_at, service.closes_at
    if opens is None or closes is None or needs.at is None:
        return None
    at = needs.at.time()
    if opens < closes:
        return opens <= at < closes
    return opens == closes or at >= opens or at < closes  # over midnight, or day and night


def _night(service: Service | Offer, needs: Needs) -> bool | None:
    if needs.night is None:
        return None
    closed = needs.night.isoweekday() in service.closed_days or words.closed_until(service)
    return not closed


def _restricted(service: Service | Offer, needs: Needs) -> bool | None:
    return joined(
        [_left_in(kind, one) for kind in words.restricted(service) for one in needs.everybody]
    )


def _left_in(kind: str, one: Child) -> bool | None:
    """Return whether one who comes is not among those a restriction leaves out."""
    if kind == LeftOut.EVERYBODY:
        return False
    if kind == LeftOut.CHILDREN:
        return None if one.age is None else one.age >= ADULT
    named = Sex.FEMALE if kind == LeftOut.WOMEN else Sex.MALE
    return None if one.sex == Sex.UNKNOWN else one.sex != named


def _stay(service: Service | Offer, needs: Needs) -> bool | None:
    """Compare what is meant with what is looked for; where nobody said, it is neither."""
    return service.stay == needs.stay if service.stay else None


# What says nothing of who comes: it may be otherwise tomorrow, or for another length of stay.
PASSING = frozenset({"places", "hours", "night", "stay"})
_ALWAYS = {"places": _places, "sex": sex, "age": age, "language": _language}
_IF_NEEDED: tuple[tuple[str, Callable[[Needs], object], Rule], ...] = (
    ("transgender", lambda n: n.transgender, lambda s, _n: s.takes_transgender),
    ("children", lambda n: n.children, children),
    ("step_free", lambda n: n.cannot_climb, lambda s, _n: s.step_free),
    ("stay", lambda n: n.stay, _stay),
    ("hours", lambda n: n.at is not None, _hours),
)
_IF_LIMITED: tuple[tuple[str, Callable[[Service | Offer], object], Rule], ...] = (
    ("nationality", lambda s: s.nationalities, _nationality),
    ("form", lambda s: s.forms, _form),
    ("restriction", words.restricted, _restricted),
    ("night", lambda s: s.closed_days or words.closed_until(s), _night),
)

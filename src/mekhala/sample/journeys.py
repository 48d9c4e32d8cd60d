"""The way of each invented case, worked out beforehand: who met whom, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from mekhala.core.wrong_input import WrongInput

from .decisions import DO_NOT_REFER, Determination, Screening, determination, screening
from .draws import Draws
from .encounters import Encounter, encounter
from .people import InventedPerson
from .proceedings import Proceeding, proceeding
from .services import Service
from .services import services as all_services
from .support import Support, support

MET_SHARE = {True: 0.6, False: 0.5}  # of true victims, and of others
YEARS_BACK = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Journey:
    """One person's way. None: that step was never reached, or not yet."""

    person: InventedPerson
    encounter: Encounter
    screening: Screening | None
    determination: Determination | None
    support: Support | None
    proceeding: Proceeding | None

    @property
    def is_registered(self) -> bool:
        """True if the person stands in the official register."""
        return self.determination is not None and self.determination.registered_on is not None


def journeys(
    people: Iterable[InventedPerson],
    seed: int,
    *,
    today: date,
    period: tuple[date, date] | None = None,
    services: Sequence[Service] | None = None,
) -> Iterator[Journey]:
    """Yield the way of each person whom an agency meets, in the order of ``people``.

    They are met within ``period`` (default: the three years up to ``today``); no step lies
    after ``today``. Raises ``WrongInput`` for a period that is turned round or ends later.
    """
    period = period or (today - timedelta(days=365 * YEARS_BACK), today)
    if not period[0] <= period[1] <= today:
        raise WrongInput(
            f"journeys: period {period[0]} to {period[1]}; expected two days in order, "
            f"the last not after {today}."
        )
    offered = all_services(seed, today=today) if services is None else services
    return _journeys(Draws(seed, "journeys"), people, period, tuple(offered), today)


def _journeys(
    draws: Draws,
    people: Iterable[InventedPerson],
    period: tuple[date, date],
    services: Sequence[Service],
    today: date,
) -> Iterator[Journey]:
    for person in people:
        if draws.chance(MET_SHARE[person.truly_victim]):
            yield _journey(draws, person, period, services, today)


def _journey(
    draws: Draws,
    person: InventedPerson,
    period: tuple[date, date],
    services: Sequence[Service],
    today: date,
) -> Journey:
    met = encounter(draws, person, period=period)
    screened = screening(draws, person, met, today=today)
    file = determination(draws, person, screened, today=today) if screened else None
    helped = screened is not None and screened.outcome != DO_NOT_REFER
    return Journey(
        person=person,
        encounter=met,
        screening=screened,
        determination=file,
        support=support(draws, person, met, services, today=today) if helped else None,
        proceeding=proceeding(draws, person, met, file, today=today) if file else None,
    )

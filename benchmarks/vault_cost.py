"""What twelve opened fields add to a page: six of a name and six texts of one person (COST-12).

Each look is one request of an officer, through the code a page goes through: the name is shown,
noted in the log, and six screenings are read. What is summed up is the share of the cryptography:
the calls of the key service (two: one for the name, one for the texts) with their waiting, and
the opening of each field. The questions to the database are told beside it and count nothing.
"""

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple
from unittest.mock import patch

from benchmarks.vault_people import told_of

FIELDS, TEXTS, FEW = 6, 6, 25  # FEW: looks of one officer, below what one may open in an hour
NAME = {
    "native_name": "សុខ តេស្ត", "latin_name": "Sok Invented", "birth_date": "2006-01-02",
    "national_id": "090999123", "phone": "012 000 000", "village_code": "12010101",
}  # fmt: skip


class Cost(NamedTuple):
    """Milliseconds of one look: the cryptography, and everything that was done for it."""

    sealed: float
    whole: float


def cost(looks: int) -> list[Cost]:
    """Look at ``looks`` people, each by an officer to whom the case is open."""
    from mekhala.config import roles

    roles.become(roles.OWNER)
    people = told_of(looks, TEXTS, lambda n: f"What was told, number {n}. " * 20)
    roles.become(roles.APP)
    readers = [_reader(people[at : at + FEW]) for at in range(0, looks, FEW)]
    _look(readers[0], people[0])  # what is loaded once is loaded
    return [_look(readers[at // FEW], number) for at, number in enumerate(people)]


def _reader(numbers: list[str]) -> Any:
    """Return an officer to whom these cases are open, once each name was kept."""
    from mekhala.safeguards.access.acting import acting_for
    from mekhala.safeguards.access.purposes import Purpose
    from mekhala.safeguards.identity import services
    from tests.builders import NOW, officer, open_to

    who = officer()
    for number in numbers:
        open_to(who, number, Purpose.FIRST_CONTACT)
        with acting_for(who.pk):
            services.keep(number, file_number=number, by=who, at=NOW, **NAME)
    return who


def _look(who: Any, number: str) -> Cost:
    from mekhala.pathway.screening.models import Screening
    from mekhala.safeguards.access.acting import acting_for
    from mekhala.safeguards.identity import services
    from tests.builders import NOW

    with acting_for(who.pk), _timed() as spent:
        began = time.perf_counter()
        name = services.show(number, by=who, at=NOW, purpose="first_contact")
        said = [row.because for row in Screening.objects.filter(case_id=number)]
        whole = time.perf_counter() - began
    fields = [text for text in (getattr(name, field) for field in NAME) if text]
    assert (len(fields), len([text for text in said if text])) == (FIELDS, TEXTS)
    return Cost(1000 * sum(spent), 1000 * whole)


@contextmanager
def _timed() -> Iterator[list[float]]:
    """Time each call of the key service and each field that is opened; yield the seconds."""
    from mekhala.safeguards.identity import datakeys, narrative, sealing

    spent: list[float] = []

    def clocked(act: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*args: Any, **more: Any) -> Any:
            began = time.perf_counter()
            try:
                return act(*args, **more)
            finally:
                spent.append(time.perf_counter() - began)

        return timed

    with (
        patch.object(datakeys, "unwrapped", clocked(datakeys.unwrapped)),
        patch.object(sealing, "opened", clocked(sealing.opened)),
        patch.object(narrative, "open_with", clocked(narrative.open_with)),
    ):
        yield spent
    assert len(spent) >= FIELDS + TEXTS + 2, "not everything was timed"


@contextmanager
def asked_for_each() -> Iterator[None]:
    """The mutant: no key is held for the rest of the look, each field asks for its own again."""
    from mekhala.safeguards.identity import datakeys, narrative, sealing

    last: list[Any] = []
    unwrapped, opened = datakeys.unwrapped, sealing.opened

    def kept(rows: Any, **more: Any) -> Any:
        last[:] = [rows, more]
        return unwrapped(rows, **more)

    def again(*args: Any, **more: Any) -> Any:
        unwrapped(last[0], **last[1])
        return opened(*args, **more)

    with (
        patch.object(datakeys, "unwrapped", kept),
        patch.object(sealing, "opened", again),
        patch.object(narrative, "_opened_keys", narrative._unwrapped),
    ):
        yield


def in_words(found: list[Cost]) -> str:
    """Return the medians, and the 95th percentile of the share of the cryptography."""
    sealed, whole = [c.sealed for c in found], [c.whole for c in found]
    slow = statistics.quantiles(sealed, n=20)[-1]
    return (
        f"median {statistics.median(sealed):.2f} ms, p95 {slow:.2f} ms of {len(found)} looks; "
        f"with the questions to the database {statistics.median(whole):.2f} ms"
    )

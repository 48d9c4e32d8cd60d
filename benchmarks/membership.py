"""Can a stranger tell whether a person is known here? (TP-P7)

A stranger officer, of another agency and to whom nothing is open, asks about people who are known
and people who are not: by number at a page, at the API and at the search; by two exact details of
the person; by name and papers, as somebody who meets the person anew (would a duplicate be told?);
and by what the counts say before and after another agency opens a case. Each answer gives signals:
status, size, words, time. How well one signal tells known from unknown is the area under its curve
(AUC, the rank statistic of Mann and Whitney over n·m): 0.5 is chance. It is worked out door by door
and averaged.

The proof fails if a signal is 0.02 or more from chance, or at one door alone further than chance
explains (5 standard errors of the statistic).

    python -m benchmarks.membership --tries 20000 --seed 1
    python -m benchmarks.membership --mutants
"""

import math
import random
import re
import sys
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import cycle
from typing import Any
from unittest.mock import patch

from benchmarks import rows
from benchmarks.scratch import admin, scratch
from benchmarks.strangers import Told, absent_numbers, ask, known_numbers, strangers
from benchmarks.timing import says_forbidden, unguarded

PROOF, PEOPLE, MOST, BORN = "TP-P7", 2000, 0.02, "2006-01-02"
READ: dict[str, Callable[[Told], float]] = {
    "status": lambda told: told.status,
    "size": lambda told: told.size,
    "numbers": lambda told: sum(int(word) for word in re.findall(r"\d{1,9}", told.body)),
    "time": lambda told: told.seconds,
}


@dataclass
class Person:
    """Somebody who is asked about: the number of the case, and what she or he is called."""

    number: str
    name: str
    national_id: str
    known: bool


@dataclass
class Asked:
    """What was told of known and of unknown people, by door."""

    known: dict[str, list[Told]] = field(default_factory=lambda: defaultdict(list))
    unknown: dict[str, list[Told]] = field(default_factory=lambda: defaultdict(list))

    def auc(self, door: str, signal: str) -> tuple[float, float]:
        """Return the AUC of one signal at one door, and its standard error by chance."""
        from scipy.stats import rankdata

        known, unknown = self.known[door], self.unknown[door]
        if signal == "words":
            known, unknown, read = _learned(known, unknown)
        else:
            read = READ[signal]
        n, m = len(known), len(unknown)
        ranks = rankdata([read(t) for t in (*known, *unknown)])
        over = float(ranks[:n].sum()) - n * (n + 1) / 2
        return over / (n * m), ((n + m + 1) / (12 * n * m)) ** 0.5

    def doors(self) -> list[str]:
        """Return the doors at which both kinds were asked about."""
        return sorted(self.known.keys() & self.unknown.keys())


type Read = Callable[[Told], float]
SIGNALS = [*READ, "words"]


def _learned(known: list[Told], unknown: list[Told]) -> tuple[list[Told], list[Told], Read]:
    """Learn from every second answer; return the others, and how known each would look."""
    seen, of_known = Counter(t.body for t in (*known[::2], *unknown[::2])), Counter[str]()
    of_known.update(t.body for t in known[::2])
    share = len(known[::2]) / max(1, len(known[::2]) + len(unknown[::2]))

    def read(told: Told) -> float:
        return of_known[told.body] / seen[told.body] if seen[told.body] else share

    return known[1::2], unknown[1::2], read


def main(argv: list[str] | None = None) -> int:
    """Measure on a database of its own, or show that each mutant goes red."""
    given = rows.options(argv, says=__doc__, full=20_000, quick=1000)
    with scratch(people=min(PEOPLE, given.tries)):
        if given.mutants:
            return mutants(given.seed)
        found = asked(given.tries, given.seed)
    return told(found, given.tries, given.seed)


def asked(tries: int, seed: int) -> Asked:
    """Ask ``tries`` times, known and unknown in random order, at each door in turn."""
    from mekhala.safeguards.access.purposes import Role

    chance, found, clients = random.Random(seed), Asked(), strangers(Role.FIRST_RESPONDER)
    people = _people(chance, most=min(PEOPLE, tries))
    for door in DOORS.values():  # what is loaded once is loaded
        door(next(clients), next(people[False]))
    order = [known for known in (True, False) for _ in range(-(-tries // (2 * len(DOORS))))]
    for door, act in DOORS.items():
        chance.shuffle(order)
        for known in order:
            kept = found.known if known else found.unknown
            kept[door].append(act(next(clients), next(people[known])))
    return found


def _people(chance: random.Random, *, most: int) -> dict[bool, Iterator[Person]]:
    """Return people known and unknown, drawn again when all were asked about."""
    with admin() as link:
        known, absent = known_numbers(link, most), absent_numbers(link, most)
    return {
        here: cycle([_person(n, known=here) for n in chance.sample(some, len(some))])
        for here, some in ((True, known), (False, absent))
    }


def _person(number: str, *, known: bool) -> Person:
    digits = zlib.crc32(number.encode()) % 10**9
    return Person(number, f"Invented {digits:09d}", f"{digits:09d}", known)


def _page(client: Any, who: Person) -> Told:
    return ask(client, "get", f"/cases/{who.number}/", who.number)


def _api(client: Any, who: Person) -> Told:
    return ask(client, "get", f"/api/v1/cases/{who.number}", who.number)


def _search(client: Any, who: Person) -> Told:
    return ask(client, "post", "/cases/find/", who.number, data={"number": who.number})


def _find_person(client: Any, who: Person) -> Told:
    """Look for a person by two exact details, the known one's kept by another agency just before.

    Undone afterwards; for the unknown, somebody with other details was kept.
    """
    from django.db import transaction

    with transaction.atomic():
        _opened_elsewhere(who if who.known else _somebody_else(who))
        details = {"birth_date": BORN, "national_id": who.national_id}
        told = ask(client, "post", "/cases/find/person/", who.national_id, data=details)
        transaction.set_rollback(True)
    return told


def _somebody_else(who: Person) -> Person:
    return Person("", f"{who.name}x", f"{who.national_id}9", known=False)


def _act(client: Any, who: Person) -> Told:
    """Try to act on the file: its refusal must not tell either."""
    said = {"recipient": "here", "purpose": "support", "data_class": "needs", "answer": "given"}
    return ask(
        client, "post", f"/api/v1/cases/{who.number}/consents", who.number,
        data=said, content_type="application/json",
    )  # fmt: skip


def _meet_again(client: Any, who: Person) -> Told:
    """Open a case for somebody who, if known, has one: is the stranger told of a duplicate?

    The known person's case was opened by another agency under the same name and papers just
    before; everything is undone afterwards.
    """
    from django.db import transaction

    with transaction.atomic():
        _opened_elsewhere(who if who.known else _somebody_else(who))
        answer = ask(
            client, "post", "/api/v1/cases", data=_told_of(who), content_type="application/json"
        )
        transaction.set_rollback(True)
    return answer._replace(body=_without_numbers(answer.body))


def _counts(client: Any, who: Person) -> Told:
    """Read everything that counts, after another agency opened a case (known) or a closed one.

    Undone afterwards. The work done before is the same for both: a case opened, and for the
    unknown taken away again.
    """
    from django.db import transaction

    with transaction.atomic():
        _opened_elsewhere(who, stays=who.known)
        answers = [ask(client, "get", page) for page in COUNTS]
        transaction.set_rollback(True)
    return Told(
        max(a.status for a in answers), "".join(a.body for a in answers),
        sum(a.seconds for a in answers),
    )  # fmt: skip


COUNTS = ("/today/", "/cases/", "/api/v1/cases", "/figures/", "/services/")
DOORS: dict[str, Callable[[Any, Person], Told]] = {
    "page": _page, "API": _api, "search": _search, "find person": _find_person,
    "act": _act, "met again": _meet_again, "counts": _counts,
}  # fmt: skip


def _identity(who: Person) -> dict[str, str]:
    return {"latin_name": who.name, "national_id": who.national_id, "birth_date": BORN}


def _told_of(who: Person) -> dict[str, object]:
    return {
        "met_at": "2026-03-09T03:00:00Z", "place_code": "120101", "sex": "female", "age": 20,
        "age_certainty": "known", "consents_to_go_on": True,
        "identity": _identity(who),
    }  # fmt: skip


def _opened_elsewhere(who: Person, *, stays: bool = True) -> None:
    """Let an officer of another agency open a case for the person; undo it unless it stays."""
    from django.db import transaction

    from mekhala.pathway.encounter import services
    from mekhala.safeguards.access.acting import become
    from tests.builders import NOW, officer

    with transaction.atomic():
        by = officer()
        before = become(by.pk)
        services.open_case(
            by=by, at=NOW, met_at=NOW, place_code="120101", sex="female", age=20,
            age_certainty="known", consents_to_go_on=True,
            identity=_identity(who),
        )  # fmt: skip
        become(before)
        transaction.set_rollback(not stays)


def _without_numbers(body: str) -> str:
    """Take out what a new case always has of its own: its number and the instant."""
    return re.sub(r"MK-\w{4}-\w{4}|\d{4}-\d\d-\d\dT[^\"]+", "…", body)


def widest(found: Asked) -> float:
    """Return how far an average may be from 0.5: 0.02, or 3 standard errors where few were asked.

    With 20,000 asked that is 0.02; the quick form asks too few to tell so little from chance.
    """
    errors = [found.auc(door, "words")[1] for door in found.doors()]
    return max(MOST, 3 * math.hypot(*errors) / len(errors))


def verdict(found: Asked) -> tuple[dict[str, float], list[str]]:
    """Return the average AUC of each signal, and each door where chance does not explain one."""
    average, beyond = {}, []
    for signal in SIGNALS:
        at = {door: found.auc(door, signal) for door in found.doors()}
        average[signal] = sum(auc for auc, _error in at.values()) / len(at)
        beyond += [
            f"{signal} at {door} {auc:.3f}"
            for door, (auc, error) in at.items()
            if abs(auc - 0.5) > 5 * error
        ]
    return average, beyond


def is_chance(found: Asked) -> bool:
    """Return whether nothing that was told is better than guessing."""
    average, beyond = verdict(found)
    return not beyond and all(abs(auc - 0.5) < widest(found) for auc in average.values())


def told(found: Asked, tries: int, seed: int) -> int:
    """Print the row."""
    average, beyond = verdict(found)
    said = ", ".join(f"{signal} {auc:.3f}" for signal, auc in average.items())
    alone = f"; alone: {', '.join(beyond)}" if beyond else "; no door alone"
    return rows.tell(
        PROOF, target=f"AUC 0.50 ± {widest(found):.2f} of each signal, {tries:,} asked at "
        f"{len(DOORS)} doors",
        measured=f"{said}{alone}", passed=is_chance(found), seed=seed,
    )  # fmt: skip


def mutants(seed: int) -> int:
    """Say 403 for who is known; tell of a duplicate; count what is not open."""
    worst, guarded = 0, not verdict(asked(600, seed))[1]  # green before the guard is taken out
    for name, guard in MUTANTS.items():
        with guard():
            beyond = verdict(asked(600, seed))[1]
        print(f"{name}: {beyond}", file=sys.stderr)
        worst |= rows.tell_mutant(PROOF, name, red=guarded and bool(beyond))
    return worst


def tells_duplicates() -> Any:
    """Refuse a case for somebody whose papers are known, with the words that say so."""
    from mekhala.core.wrong_input import WrongInput
    from mekhala.pathway.encounter import services

    kept, seen = services.open_case, set()

    def telling(**given: Any) -> Any:
        papers = (given.get("identity") or {}).get("national_id")
        if papers in seen:
            raise WrongInput("identity: somebody with these papers is known here.")
        seen.clear()  # the last one stands for the index over all
        seen.add(papers)
        return kept(**given)

    return patch.object(services, "open_case", telling)


@contextmanager
def counts_all() -> Iterator[None]:
    """Let the list say how many cases there are, not how many are open to who asks."""
    from mekhala.pathway.encounter.models import Case
    from mekhala.web.casework.cases import listing

    kept = listing.page_of

    def counting(*args: Any, **more: Any) -> Any:
        row = {"number": f"of {Case.objects.count()}", "opened_at": more["now"], "status": None}
        return replace(kept(*args, **more), rows=(row | {"province": ""},))

    with unguarded(), patch.object(listing, "page_of", counting):
        yield


@contextmanager
def finds_all() -> Iterator[None]:
    """Let finding a person look at every file, not only at those open to who asks."""
    from mekhala.pathway.encounter.models import Case
    from mekhala.web.casework.cases import finding

    names = unguarded("identity_identity", "identity_datakey")
    with names, patch.object(finding, "visible_to", lambda *_who, **_when: Case.objects):
        yield


MUTANTS: dict[str, Callable[[], Any]] = {
    "a view that says 403 for a case that is there": says_forbidden,
    "a new case refused where the papers are known": tells_duplicates,
    "a list that counts what is not open": counts_all,
    "a person found by two details, whoever asks": finds_all,
}

if __name__ == "__main__":
    sys.exit(main())

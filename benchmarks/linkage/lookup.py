"""How long it takes to see whether somebody is known, among many whose names lie sealed.

    python -m benchmarks.linkage.lookup --people 1000000

Each look is what happens when a registrar opens the page: the name of the person who stands there
is opened and noted, blind keys are asked for, the database finds who shares most of them, the key
service opens these, the linker weighs each. Besides the time it is counted how many pairs the
linker itself would find in the same store (same keys, same weights, nothing cut short) were found.
"""

import argparse
import collections
import itertools
import os
import statistics
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.scratch import scratch

SURE, MAYBE = 0.95, 0.5
MOST_TRIED = 15_000
LOOKS_OF_ONE = 15  # an officer's looks: below what one may have opened in an hour


@dataclass
class Found:
    """What the looks took, in milliseconds, and whom each found, by number."""

    ms: list[float] = field(default_factory=list)
    cpu_ms: list[float] = field(default_factory=list)
    got: dict[str, set[str]] = field(default_factory=dict)


def main(words: Sequence[str]) -> int:
    """Fill a store, look, and print."""
    parser = argparse.ArgumentParser(prog="lookup", description=__doc__)
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--looks", type=int, default=150)
    parser.add_argument("--seed", type=int, default=6)
    parser.add_argument("--recall", action="store_true", help="compare with the linker: slow")
    args = parser.parse_args(words)
    with scratch(shared_buffers="512MB"):
        from benchmarks.linkage import store
        from mekhala.config import roles

        roles.become(roles.OWNER)
        took = store.fill(store.records(args.people, args.seed), _told)
        print(f"\nfilled {args.people} people in {took:.0f} s; {_sizes()}", flush=True)
        picked = _picked(args)
        found = look(picked)
    _print(found)
    if args.recall:
        _compare(args, picked, found)
    return 0


def _told(done: int) -> None:
    print(f"\r{done} sealed", end="", file=sys.stderr, flush=True)


def _sizes() -> str:
    from benchmarks.scratch import admin

    tables = ("identity_identity", "identity_datakey", "identity_blindkeys")
    with admin() as link:
        asked = "select pg_size_pretty(pg_total_relation_size(%s::regclass))"
        sizes = [f"{t} {link.execute(asked, [t]).fetchone()[0]}" for t in tables]
    return ", ".join(sizes)


def look(picked: Sequence[tuple[int, Any]]) -> Found:
    """Look for each of these, several officers taking turns, as the application does."""
    from mekhala.config import roles

    found = Found()
    roles.become(roles.APP)
    _timed_look(_officer(), f"MK-{picked[0][0]}", Found())  # what is loaded once is loaded
    for part in itertools.batched(picked, LOOKS_OF_ONE):
        looker = _officer()
        for place, _record in part:
            _timed_look(looker, f"MK-{place}", found)
    return found


def _picked(args: argparse.Namespace) -> list[tuple[int, dict[str, str]]]:
    """Return records, with their places, whose person has another record; drawn by the seed.

    From the first records of the store, which are as mixed as the rest.
    """
    import random

    from benchmarks.linkage import store

    records = list(itertools.islice(store.records(args.people, args.seed), MOST_TRIED))
    places: dict[int, list[int]] = collections.defaultdict(list)
    for place, one in enumerate(records):
        places[one.person].append(place)
    several = [of for of in places.values() if len(of) > 1]
    draw = random.Random(args.seed)
    wanted = [draw.choice(of) for of in draw.sample(several, min(args.looks, len(several)))]
    return [(place, dict(records[place].record)) for place in sorted(wanted)]


def _officer() -> Any:
    from mekhala.safeguards.access.purposes import Role
    from mekhala.safeguards.agencies.models import AgencyKind
    from tests.builders import agency, officer

    return officer(Role.REGISTRAR, at=agency(AgencyKind.SOCIAL_AFFAIRS))


def _timed_look(looker: Any, number: str, found: Found) -> None:
    from mekhala.pathway.encounter.models import Case
    from mekhala.pathway.registration import candidates
    from mekhala.safeguards.access.acting import acting_for
    from mekhala.safeguards.access.purposes import Purpose
    from mekhala.safeguards.identity import services
    from tests.builders import NOW, open_to

    open_to(looker, number, Purpose.REGISTRATION)
    worked, began = _worked(), time.perf_counter()
    with acting_for(looker.pk):
        case = Case.objects.get(number=number)
        shown = services.show(number, by=looker, at=NOW, purpose="registration")
        likely = candidates.of(case, shown, by=looker, at=NOW)
    found.ms.append(1000 * (time.perf_counter() - began))
    found.cpu_ms.append(_worked() - worked)
    found.got[number] = {c.number for c in likely}


def _worked() -> float:
    """Return the milliseconds the application and its backend of the database have computed."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("select pg_backend_pid()")
        several = (os.getpid(), cursor.fetchone()[0])
    told = [Path(f"/proc/{pid}/schedstat").read_text(encoding="ascii") for pid in several]
    return sum(int(text.split()[0]) for text in told) / 1e6


def of_the_linker(people: int, seed: int, asked: dict[str, Any]) -> dict[str, dict[str, float]]:
    """Return with what probability the linker links each asked name to whom, by number.

    Everybody in the store is looked up under the linker's own keys, in clear and whole, and every
    pair that shares one is weighed: no block is too large and nothing is cut short.
    """
    from benchmarks.linkage import store
    from mekhala.core.matching.linker.blocking import blocking_keys
    from mekhala.core.matching.linker.weighing import weigh

    by_key: dict[str, list[str]] = collections.defaultdict(list)
    for number, record in asked.items():
        for key in blocking_keys(record):
            by_key[key].append(number)
    found: dict[str, dict[str, float]] = {number: {} for number in asked}
    for place, one in enumerate(store.records(people, seed)):
        other = f"MK-{place}"
        record = store.as_kept(one.record, other)
        met = {number for key in blocking_keys(record) for number in by_key.get(key, ())}
        for number in met - {other}:
            found[number][other] = weigh(asked[number], record).probability
    return found


def _compare(args: argparse.Namespace, picked: list[tuple[int, Any]], found: Found) -> None:
    """Print how many of the pairs the linker would link were found."""
    from benchmarks.linkage import store

    asked = {f"MK-{place}": store.as_kept(record, f"MK-{place}") for place, record in picked}
    linked = of_the_linker(args.people, args.seed, asked)
    for least in (SURE, MAYBE):
        pairs = [(n, o) for n, others in linked.items() for o, p in others.items() if p >= least]
        got = sum(other in found.got[number] for number, other in pairs)
        share = f"{got / len(pairs):.4f}" if pairs else "none to find"
        print(f"pairs the linker links at {least}: {len(pairs)}, found {got}, recall {share}")


def _print(found: Found) -> None:
    asked = len(found.ms)
    slow, work = (statistics.quantiles(of, n=20)[-1] for of in (found.ms, found.cpu_ms))
    busy = os.getloadavg()[0]
    print(f"{asked} looks: median {statistics.median(found.ms):.1f} ms, p95 {slow:.1f} ms, "
          f"longest {max(found.ms):.1f} ms, on {os.cpu_count()} cores at a load of {busy:.1f}; of "
          f"that computed: median {statistics.median(found.cpu_ms):.1f} ms, "
          f"p95 {work:.1f} ms")  # fmt: skip


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

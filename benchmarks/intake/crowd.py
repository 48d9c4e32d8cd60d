"""A thousand phones come back to the network with twenty filled forms each.

Every phone has a name and password of its own and sends its forms one after another, over one
connection, as it does when the network returns: it waits where it is told to (``Retry-After``)
and sends again what was not answered. First they come back spread over some minutes, then all in
the same moment. Prints a line of JSON for each: forms stored, minutes from the first phone to the
last answer, p50 and p95 of one sending in seconds, answers other than "received", and the load.
The exit code is 1 where a form is not stored once.

    ./run bench crowd [--phones 1000 --forms 20 --minutes 8 --questions 250]
"""

import argparse
import contextlib
import http.client
import json
import os
import random
import statistics
import sys
import threading
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import NamedTuple

from benchmarks.intake.phones import AT, Served, filled, headers, kept, multipart, served

PROGRAMS, OF_ONE_OFFICER, PATIENCE, TRIES = 2, 5, 60, 20  # patience in seconds, as Collect's
KEPT = (201, 202)


class Crowd(NamedTuple):
    """The phones one program plays, and when they come: seconds within ``spread``."""

    port: int
    keys: list[str]
    forms: int
    questions: int
    spread: float
    begin: float
    name: str


class Told(NamedTuple):
    """One sending: how long until its answer, the answer (0: none), and when it was over."""

    seconds: float
    status: int
    at: float


def main(argv: list[str] | None = None) -> int:
    """Play both crowds, print; 1 where a form is not stored, or stored twice."""
    parser = argparse.ArgumentParser(prog="./run bench crowd", description=__doc__)
    parser.add_argument("--phones", type=int, default=1000)
    parser.add_argument("--forms", type=int, default=20)
    parser.add_argument("--minutes", type=float, default=8)
    parser.add_argument("--questions", type=int, default=250)
    given = parser.parse_args(argv)
    officers = -(-given.phones // OF_ONE_OFFICER)
    with served(questions=given.questions, officers=officers) as here:
        return max(
            _played(here, "spread", given.minutes * 60, given), _played(here, "at once", 0, given)
        )


def _played(here: Served, name: str, spread: float, given: argparse.Namespace) -> int:
    keys, before = here.keys[: given.phones], len(kept()["rows"])
    began = time.time() + 5  # until the programs have started
    crowds = [
        Crowd(here.port, keys[n::PROGRAMS], given.forms, given.questions, spread, began,
              f"{name} {n}")
        for n in range(PROGRAMS)
    ]  # fmt: skip
    with ProcessPoolExecutor(PROGRAMS, mp_context=get_context("spawn")) as programs:
        told = [one for several in programs.map(played, crowds) for one in several]
    stored = len(kept()["rows"]) - before
    wanted = len(keys) * given.forms
    _print(name, told, stored, began)
    return int(stored != wanted)


def _print(name: str, told: list[Told], stored: int, began: float) -> None:
    took = [one.seconds for one in told if one.status in KEPT]
    cuts = statistics.quantiles(took, n=20) if len(took) > 1 else [0.0] * 19
    others = Counter(one.status for one in told if one.status not in KEPT)
    print(
        json.dumps(
            {
                "crowd": name, "stored": stored,
                "minutes": round((max(one.at for one in told) - began) / 60, 1),
                "p50_s": round(cuts[9], 2), "p95_s": round(cuts[18], 2),
                "slowest_s": round(max(took, default=0), 1), "other_answers": others,
                "load": round(os.getloadavg()[0], 1),
            }
        ),
        flush=True,
    )  # fmt: skip


def played(crowd: Crowd) -> list[Told]:
    """Play each phone of one program in a thread; return every sending."""
    told: list[Told] = []
    threads = [
        threading.Thread(target=_phone, args=(crowd, place, key, told))
        for place, key in enumerate(crowd.keys)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


def _phone(crowd: Crowd, place: int, key: str, told: list[Told]) -> None:
    chance = random.Random(f"{crowd.name} {place}")
    comes = crowd.begin + chance.uniform(0, crowd.spread)
    time.sleep(max(0.0, comes - time.time()))
    link = http.client.HTTPConnection("127.0.0.1", crowd.port, timeout=PATIENCE)
    for _form in range(crowd.forms):
        name = f"uuid:{chance.getrandbits(128):032x}"
        body = multipart(filled(name, questions=crowd.questions))
        for _try in range(TRIES):
            wait = _sent(link, key, body, told)
            if wait is None:
                break
            time.sleep(wait + chance.random())


def _sent(
    link: http.client.HTTPConnection, key: str, body: bytes, told: list[Told]
) -> float | None:
    """Send once; return None where it was received, else the seconds to wait before the next."""
    began = time.perf_counter()
    status, wait = 0, 1.0
    with contextlib.suppress(OSError, http.client.HTTPException):
        link.request("POST", AT, body, headers(key))
        answer = link.getresponse()
        answer.read()
        status, wait = answer.status, float(answer.headers.get("Retry-After") or 1)
    if not status:
        link.close()  # the next sending opens it anew
    told.append(Told(time.perf_counter() - began, status, time.time()))
    return None if status in KEPT else wait


if __name__ == "__main__":
    sys.exit(main())

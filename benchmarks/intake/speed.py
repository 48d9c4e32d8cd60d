"""How many sealed forms of 250 questions a second, beside the least an intake can do.

Both are served in the same run by gunicorn with two workers of four threads, on the same database
with fsync on, and are sent to by programs on the same machine: ours, then the floor
(``benchmarks.intake.floor``: parse, one insert, one of a log, commit), at 8 and 16 connections.
Prints a line of JSON each: a second, p50 and p95 in milliseconds, lost, and the ratio. It proves
nothing while the machine does something else: the load is printed too.

    ./run bench intake [--seconds 30 --questions 250]
"""

import argparse
import http.client
import json
import os
import random
import statistics
import sys
import threading
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any, NamedTuple, Self

from benchmarks.intake.phones import AT, Served, filled, headers, kept, multipart, served
from benchmarks.intake.processor import Processor

CONNECTIONS, SENDERS = (8, 16), 2  # programs that send: their threads would wait for one another
FLOOR = "benchmarks.intake.floor:application"


class Asked(NamedTuple):
    """What one program sends: where, over how many connections, for how long."""

    port: int
    keys: list[str]
    links: int
    seconds: float
    questions: int
    seed: int


def main(argv: list[str] | None = None) -> int:
    """Measure both, print; 1 if anything that was acknowledged is not there."""
    parser = argparse.ArgumentParser(prog="./run bench intake", description=__doc__)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--questions", type=int, default=250)
    given = parser.parse_args(argv)
    with served(questions=given.questions) as here, _floor() as floor:
        worst = max(_measured(here, floor, links, given) for links in CONNECTIONS)
    return worst


def _floor() -> "_Floor":
    return _Floor()


class _Floor:
    """The floor, served beside the application on its database."""

    def __enter__(self) -> Self:
        from benchmarks.intake.floor import TABLES
        from benchmarks.kills import Site
        from benchmarks.scratch import admin
        from mekhala.config import roles

        with admin() as link:
            link.execute(TABLES)
        os.environ["FLOOR_AT"] = f"{os.environ['MEKHALA_DB_SOCKET']}/{roles.ADMIN}"
        self.site = Site(_Standing(), FLOOR)
        self.site.open()
        self.port, self.process = int(self.site.port), self.site.web.pid
        return self

    def __exit__(self, *_why: object) -> None:
        self.site.close()


class _Standing:
    """The database that stands already."""

    @property
    def socket(self) -> str:
        return os.environ["MEKHALA_DB_SOCKET"]


def _measured(here: Served, floor: "_Floor", links: int, given: argparse.Namespace) -> int:
    before = len(kept()["rows"])
    ours = _run(here.port, here.keys, links, given, here.processes)
    lost = ours["kept"] - (len(kept()["rows"]) - before)
    bare = _run(floor.port, here.keys, links, given, here.processes | {"web": floor.process})
    print(
        json.dumps(
            {
                "connections": links,
                "ours": ours,
                "floor": bare,
                "lost": lost,
                "ratio": round(ours["a_second"] / max(bare["a_second"], 1), 3),
                "load": round(os.getloadavg()[0], 1),
            }
        ),
        flush=True,
    )
    return int(lost > 0 or ours["refused"] > 0)


def _run(
    port: int, keys: list[str], links: int, given: argparse.Namespace, processes: dict[str, int]
) -> dict[str, Any]:
    asked = [
        Asked(port, keys, links // SENDERS, given.seconds, given.questions, seed)
        for seed in range(SENDERS)
    ]
    work = Processor(**processes)
    with ProcessPoolExecutor(SENDERS, mp_context=get_context("spawn")) as programs:
        told = [one for several in programs.map(sent, asked) for one in several]
    spent = work.spent()
    took = sorted(seconds for seconds, status in told if status == 201)
    cuts = statistics.quantiles(took, n=20) if len(took) > 1 else [0.0] * 19
    return {
        "a_second": round(len(took) / given.seconds, 1), "kept": len(took),
        "refused": len(told) - len(took), "p50_ms": round(cuts[9] * 1000, 1),
        "p95_ms": round(cuts[18] * 1000, 1),
        "processor_ms": {n: round(s * 1000 / max(len(took), 1), 2) for n, s in spent.items()},
    }  # fmt: skip


def sent(asked: Asked) -> list[tuple[float, int]]:
    """Send new forms over some connections until the time is over; seconds and status of each."""
    told: list[tuple[float, int]] = []
    until = time.monotonic() + asked.seconds

    def work(place: int) -> None:
        chance = random.Random(time.time_ns() + place)
        link = http.client.HTTPConnection("127.0.0.1", asked.port, timeout=60)
        while time.monotonic() < until:
            name = f"uuid:{chance.getrandbits(128):032x}"
            body = multipart(filled(name, questions=asked.questions))
            began = time.perf_counter()
            link.request("POST", AT, body, headers(chance.choice(asked.keys)))
            answer = link.getresponse()
            answer.read()
            told.append((time.perf_counter() - began, answer.status))

    threads = [threading.Thread(target=work, args=(place,)) for place in range(asked.links)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


if __name__ == "__main__":
    sys.exit(main())

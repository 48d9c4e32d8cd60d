"""The network breaks while a form is on its way, and the phone sends it again (TP-R8).

Each form, with a picture, goes once through a network that is cut, reset, stalled, half closed or
slow after so many bytes of the sending or of its answer; the points are spread evenly over both.
Then the phone sends again until it is told 201. Held against what stands: one row, one
picture and one effect (its entry in the log) for each form that was sent.

    python -m benchmarks.intake.cut --tries 2000
    python -m benchmarks.intake.cut --mutants
"""

import http.client
import multiprocessing
import os
import random
import sys
import threading
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from typing import Any

from benchmarks import rows
from benchmarks.intake.phones import (
    Served,
    filled,
    kept,
    multipart,
    officers_for,
    picture,
    send,
    served,
)
from benchmarks.intake.proxy import KINDS, Fault, Proxy
from benchmarks.kills import APPLICATION

PROOF, PHONES, PATIENCE, TIMES = "TP-R8", 4, 0.8, 20
HEAD, ANSWER = 400, 700  # bytes, about: what stands before the body; the whole answer
UNGUARDED, MUTANT = (
    "benchmarks.intake.unguarded:application",
    "a body that ends early is read as a shorter one",
)


def main(argv: list[str] | None = None) -> int:
    """Break the network on a database of its own, or show that the mutant goes red."""
    given = rows.options(argv, says=__doc__, full=2000, quick=60)
    if given.mutants:
        return mutants(given.seed)
    with served(officers=officers_for(given.tries)) as here:
        began = time.monotonic()
        found = tried(here, given.tries, given.seed)
        seconds = time.monotonic() - began
    return rows.tell(
        PROOF, seed=given.seed,
        target=f"{given.tries:,} breaks: sent = stored = effects = {given.tries:,}",
        measured=f"{in_words(found)}; {seconds:.0f} s", passed=not found["wrong"],
    )  # fmt: skip


def tried(here: Served, points: int, seed: int) -> dict[str, Any]:
    """Send so many forms, each broken once; return what was answered and what stands."""
    chance = random.Random(seed)
    queue = [(f"uuid:{chance.getrandbits(128):032x}", n) for n in range(points)]
    chance.shuffle(queue)
    sent, ends, lock = [], Counter[str](), threading.Lock()

    def work(place: int) -> None:
        own, proxy = random.Random(seed * 100 + place), Proxy(here.port)
        while True:
            with lock:
                if not queue:
                    break
                instance, point = queue.pop()
            body = multipart(filled(instance), {"1.png": picture(own)})
            end = _sent(proxy, own.choice(here.keys), body, _fault(point, points, len(body)))
            with lock:
                sent.append(instance)
                ends[end] += 1
        proxy.close()

    threads = [threading.Thread(target=work, args=(place,)) for place in range(PHONES)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return judged(sent, kept(), ends)


def _fault(point: int, points: int, size: int) -> Fault:
    """Return the break at one of ``points``, spread evenly over the sending and its answer."""
    kind = KINDS[point % len(KINDS)]
    after = (point * (HEAD + size + ANSWER)) // points
    is_up = after < HEAD + size
    return Fault(kind, is_up, after if is_up else after - HEAD - size)


def _sent(proxy: Proxy, key: str, body: bytes, fault: Fault) -> str:
    """Send until it is told 201, as a phone does; return how it ended."""
    proxy.fault = fault
    first = ""
    for attempt in range(TIMES):
        link = http.client.HTTPConnection("127.0.0.1", proxy.port, timeout=PATIENCE)
        if attempt:
            link.timeout = 30
            time.sleep(0.05 * attempt)
        try:
            status = str(send(link, key, body))
        except (OSError, http.client.HTTPException):
            status = "no answer"
        link.close()
        first = first or status
        if status == "201":
            return f"{fault.kind}: {first}, then {status}" if attempt else f"{fault.kind}: {status}"
    return "never told that it is kept"


def judged(sent: list[str], there: dict[str, Any], ends: Counter[str]) -> dict[str, Any]:
    """Hold what was sent against what stands."""
    stored = Counter(i for i, _state, _sha, _files in there["rows"])
    whole = Counter(
        i for i, state, _sha, files in there["rows"] if (state, files) == ("received", 1)
    )
    effects = Counter(i for i, _act, _state in there["entries"])
    wrong = Counter(
        {
            "never told that they are kept": ends["never told that it is kept"],
            "not stored once": sum(stored[i] != 1 for i in sent),
            "not stored whole": sum(whole[i] != 1 for i in sent),
            "without one effect": sum(effects[i] != 1 for i in sent),
            "stored and not sent": len(set(stored) - set(sent)),
        }
    )
    return {"wrong": +wrong, "ends": ends, "sent": len(sent), "stored": stored.total(),
            "effects": effects.total()}  # fmt: skip


def in_words(found: dict[str, Any]) -> str:
    """Say it in one line."""
    wrong = ", ".join(f"{n} {what}" for what, n in sorted(found["wrong"].items()))
    again = sum(n for end, n in found["ends"].items() if ", then 201" in end)
    return (
        f"{wrong or 'nothing wrong'}: {found['sent']:,} sent, {found['stored']:,} stored,"
        f" {found['effects']:,} effects; {again:,} sent again"
    )


def mutants(seed: int) -> int:
    """Let a body that ends early pass, and first show that nothing is wrong without that."""
    alone = multiprocessing.get_context("spawn")
    found = []
    for name in ("", MUTANT):
        with ProcessPoolExecutor(1, mp_context=alone) as process:
            found.append(process.submit(_unguarded, name, seed).result())
        print(f"{name or 'no mutant'}: {in_words(found[-1])}", file=sys.stderr)
    red = not found[0]["wrong"] and bool(found[1]["wrong"])
    return rows.tell_mutant(PROOF, MUTANT, red=red)


def _unguarded(name: str, seed: int) -> dict[str, Any]:
    os.environ["INTAKE_MUTANT"] = name
    with served(UNGUARDED if name else APPLICATION) as here:
        return tried(here, 60, seed)


if __name__ == "__main__":
    sys.exit(main())

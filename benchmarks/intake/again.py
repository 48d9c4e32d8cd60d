"""Every filled form is sent six times, shuffled, over eight connections; some come altered (TP-R9).

The copies of one form in ten are sent in the same moment, those of the others whenever it comes.
One form in a hundred is sent once more with other content under its id. Whichever content comes
first is the one that stands; the other is held, and each of its copies is answered 409. Held
against what stands afterwards: one row and one effect (its entry in the log) for each form, one
held row for each altered one, and one answer for what was kept first and all its copies: 201.

    python -m benchmarks.intake.again --tries 20000
    python -m benchmarks.intake.again --mutants
"""

import hashlib
import http.client
import multiprocessing
import os
import random
import sys
import threading
import time
from collections import Counter, defaultdict
from concurrent.futures import ProcessPoolExecutor
from typing import Any, NamedTuple

from benchmarks import rows
from benchmarks.intake.phones import Served, filled, kept, multipart, officers_for, send, served
from benchmarks.kills import APPLICATION

PROOF, COPIES, CONNECTIONS, ONE_IN = "TP-R9", 6, 8, 100
TOGETHER = 10  # of so many forms one is sent by all connections in the same moment
UNGUARDED = "benchmarks.intake.unguarded:application"


class Sent(NamedTuple):
    """One copy on its way, and what it was answered (0: not at all)."""

    instance: str
    sha256: str
    status: int


def main(argv: list[str] | None = None) -> int:
    """Send and count on a database of its own, or show that each mutant goes red."""
    given = rows.options(argv, says=__doc__, full=20_000, quick=100)
    if given.mutants:
        return mutants(given.seed)
    with served(officers=officers_for(given.tries)) as here:
        began = time.monotonic()
        found = tried(here, given.tries, given.seed)
        seconds = time.monotonic() - began
    altered = _altered(given.tries)
    return rows.tell(
        PROOF, seed=given.seed,
        target=f"{given.tries:,} forms × {COPIES} and {altered} altered: {given.tries:,} rows,"
        f" {given.tries:,} effects, every altered one held",
        measured=f"{in_words(found)}; {seconds:.0f} s",
        passed=not found["wrong"],
    )  # fmt: skip


def tried(here: Served, forms: int, seed: int) -> dict[str, Any]:
    """Send everything; return what was answered, what stands, and what is wrong."""
    queue = _shuffled(forms, random.Random(seed))
    answered: list[Sent] = []
    lock = threading.Lock()

    def work(place: int) -> None:
        chance = random.Random(seed * 100 + place)
        link = http.client.HTTPConnection("127.0.0.1", here.port, timeout=60)
        while True:
            with lock:
                if not queue:
                    return
                instance, xml = queue.pop()
            status = send(link, chance.choice(here.keys), multipart(xml))
            with lock:
                answered.append(Sent(instance, hashlib.sha256(xml).hexdigest(), status))

    threads = [threading.Thread(target=work, args=(place,)) for place in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return judged(answered, kept(), forms)


def _altered(forms: int) -> int:
    return max(1, forms // ONE_IN)


def _shuffled(forms: int, chance: random.Random) -> list[tuple[str, bytes]]:
    names = [f"uuid:{chance.getrandbits(128):032x}" for _ in range(forms)]
    sendings = [[(name, filled(name))] for name in names for _ in range(COPIES)]
    at_once = {name for name in names if chance.random() < 1 / TOGETHER}
    sendings = [one for one in sendings if one[0][0] not in at_once]
    sendings += [[(name, filled(name))] * COPIES for name in at_once]
    sendings += [[(name, filled(name, said="altered"))] for name in names[: _altered(forms)]]
    chance.shuffle(sendings)
    return [one for several in sendings for one in several]


def judged(answered: list[Sent], there: dict[str, Any], forms: int) -> dict[str, Any]:
    """Hold the answers against what stands."""
    wrong = Counter[str]()
    standing = {i: sha for i, state, sha, _files in there["rows"] if state == "received"}
    held = Counter(i for i, state, _sha, _files in there["rows"] if state == "held")
    effects = Counter(i for i, act, state in there["entries"] if state == "received")
    wrong["rows too many or too few"] = abs(len(standing) - forms)
    wrong["altered ones not held"] = abs(held.total() - _altered(forms))
    wrong["effects too many or too few"] = sum(abs(effects[i] - 1) for i in standing)
    told: dict[tuple[str, str], Counter[int]] = defaultdict(Counter)
    for one in answered:
        told[one.instance, one.sha256][one.status] += 1
    for (instance, sha), statuses in told.items():
        is_standing = standing.get(instance) == sha
        right = {201: statuses.total()} if is_standing else {409: statuses.total()}
        wrong["answered wrongly"] += statuses != Counter(right)
    statuses = Counter(one.status for one in answered)
    return {"wrong": +wrong, "statuses": statuses, "rows": len(standing),
            "effects": effects.total(), "held": held.total()}  # fmt: skip


def in_words(found: dict[str, Any]) -> str:
    """Say it in one line."""
    wrong = ", ".join(f"{n} {what}" for what, n in sorted(found["wrong"].items()))
    answers = ", ".join(f"{n:,} × {status}" for status, n in sorted(found["statuses"].items()))
    return (
        f"{wrong or 'nothing wrong'}: {found['rows']:,} rows, {found['effects']:,} effects,"
        f" {found['held']} held; answered {answers}"
    )


MUTANTS = (
    "copies do not wait for each other",
    "the same id is taken for the same answers",
    "other answers under an id take the place of the first",
)


def mutants(seed: int) -> int:
    """Try each mutant in a process of its own, and first that nothing is wrong without one."""
    alone = multiprocessing.get_context("spawn")
    worst, guarded = 0, False
    for name in ("", *MUTANTS):
        with ProcessPoolExecutor(1, mp_context=alone) as process:
            found = process.submit(_unguarded, name, seed).result()
        print(f"{name or 'no mutant'}: {in_words(found)}", file=sys.stderr)
        if name:
            worst |= rows.tell_mutant(PROOF, name, red=guarded and bool(found["wrong"]))
        guarded = guarded or not found["wrong"]
    return worst


def _unguarded(name: str, seed: int) -> dict[str, Any]:
    os.environ["INTAKE_MUTANT"] = name
    with served(UNGUARDED if name else APPLICATION) as here:
        return tried(here, 150, seed)


if __name__ == "__main__":
    sys.exit(main())

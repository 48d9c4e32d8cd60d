"""The vault: chance tamperings refused, keys wrapped anew, what a page pays, what is left behind.

Names and what is said about people are tampered with. On a database and a key service of its own,
data keys are wrapped anew (ten for each tampering), twelve fields are opened again and again, and
100 planted strings are looked for in every file before and after their people are erased.

    python -m benchmarks.vault --tries 10000 --seed 1
    python -m benchmarks.vault --mutants
"""

import os
import random
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch

from benchmarks import rows, vault_cost, vault_traces
from benchmarks.scratch import scratch
from benchmarks.vault_people import fill
from benchmarks.vault_tampering import narrative_tampered, tampered
from benchmarks.vault_traces import PLANTED

SECONDS_FOR_ALL, MS_FOR_A_PAGE = 60.0, 5.0


def main(argv: list[str] | None = None) -> int:
    """Measure all; 1 if one of them misses its target."""
    given = rows.options(argv, says=__doc__, full=10_000, quick=500)
    with scratch():
        if given.mutants:
            return mutants(given.seed)
        worst = _tamperings(given.tries, given.seed)
        worst |= _rotation(10 * given.tries, given.seed)
        worst |= _cost(50 if given.quick else 400, given.seed)
        return worst | _traces(given.seed)


def _tamperings(tries: int, seed: int) -> int:
    worst = 0
    for proof, act in (("TP-C", tampered), ("TP-C-SAID", narrative_tampered)):
        refused, opened = act(tries, seed)
        worst |= rows.tell(
            proof, target=f"0 of {tries:,} opened", measured=f"{opened} opened",
            passed=not opened and refused == tries, seed=seed,
        )  # fmt: skip
    return worst


def _rotation(count: int, seed: int) -> int:
    seconds, left = rotated(count)
    return rows.tell(
        "TP-C-ROTATE", target=f"{count:,} keys in {SECONDS_FOR_ALL:.0f} s, 0 left",
        measured=f"{seconds:.1f} s, {left} left",
        passed=seconds < SECONDS_FOR_ALL and not left, seed=seed,
    )  # fmt: skip


def rotated(count: int) -> tuple[float, int]:
    """Make ``count`` keys and wrap them anew; return the seconds, and how many were left."""
    from mekhala.config import roles

    roles.become(roles.OWNER)
    fill(count)
    return wrapped_anew(count)


def wrapped_anew(count: int) -> tuple[float, int]:
    """Rotate, and wrap the ``count`` keys there are anew; return as ``rotated`` does."""
    from mekhala.config import roles
    from mekhala.safeguards.identity import datakeys, rewrapping

    roles.become(roles.OWNER)
    datakeys.ask({"op": "rotate"})
    began = time.perf_counter()
    done, left = rewrapping.rewrap_all()
    seconds = time.perf_counter() - began
    left += rewrapping.count()["under_an_older_version"]
    roles.become(roles.APP)
    return seconds, left + count - done


def _cost(looks: int, seed: int) -> int:
    found = vault_cost.cost(looks)
    return rows.tell(
        "COST-12", measured=vault_cost.in_words(found), seed=seed,
        target=f"median under {MS_FOR_A_PAGE:.0f} ms for the key service and the opening of "
        "6 fields of a name and 6 texts",
        passed=_median(found) < MS_FOR_A_PAGE,
    )  # fmt: skip


def _traces(seed: int) -> int:
    found, given = vault_traces.traces(Path(os.environ["MEKHALA_HOME"]), random.Random(seed))
    worst = rows.tell(
        "TP-C-TRACES", target=f"0 of {PLANTED} in data files, write-ahead log, dump and logs, "
        "before and after erasing", measured=f"{found} found", passed=not found, seed=seed,
    )  # fmt: skip
    return worst | rows.tell(
        "TP-C-ERASED", target=f"0 of {PLANTED} erased keys, put back from a dump, given out",
        measured=f"{given} given", passed=not given, seed=seed,
    )  # fmt: skip


def mutants(seed: int) -> int:
    """Bind what is sealed to no place; write no rotation back; seal nothing; forget who is erased.

    Each proof is green before its guard is taken out, or the mutant does not count.
    """
    worst = 0
    for proof, act, name, guard in _of_tampering():
        guarded = not act(500, seed)[1]
        with guard:
            opened = act(500, seed)[1]
        nowhere = f"a {name} is bound to no place"
        worst |= rows.tell_mutant(proof, nowhere, red=guarded and opened > 0)
    return worst | _of_a_database(seed)


type Tampering = Callable[[int, int], tuple[int, int]]


def _of_tampering() -> list[tuple[str, Tampering, str, Any]]:
    from mekhala.safeguards.identity import narrative, sealing
    from mekhala.safeguards.keys.wrapping import Place

    return [
        ("TP-C", tampered, "sealed field",
         patch.object(sealing, "_place", lambda *_said: b"")),
        ("TP-C", tampered, "wrapped key", patch.object(Place, "bound", lambda _self: b"")),
        ("TP-C-SAID", narrative_tampered, "sealed text",
         patch.object(narrative.Place, "bound", lambda *_said: b"")),
    ]  # fmt: skip


def _of_a_database(seed: int) -> int:
    from mekhala.safeguards.identity import datakeys, narrative, rewrapping

    guarded = not rotated(200)[1]
    with patch.object(rewrapping, "_write_anew", len):
        left = wrapped_anew(200)[1]
    lies = "keys wrapped anew are said to be kept and are not"
    worst = rows.tell_mutant("TP-C-ROTATE", lies, red=guarded and left > 0)
    worst |= _each_alone()
    home, draws = Path(os.environ["MEKHALA_HOME"]), random.Random(seed)
    guarded = vault_traces.traces(home, draws) == (0, 0)
    with patch.object(narrative, "seal", _in_clear):
        found, _given = vault_traces.traces(home, draws)
    worst |= rows.tell_mutant("TP-C-TRACES", "texts lie in clear", red=guarded and found > 0)
    with patch.object(datakeys, "ask", _forgetful(datakeys.ask)):
        _found, given = vault_traces.traces(home, draws)
    name = "the key service is not told who is erased"
    return worst | rows.tell_mutant("TP-C-ERASED", name, red=guarded and given > 0)


def _each_alone() -> int:
    """Ask the key service for each of the twelve fields, which one call for all makes needless."""
    kept = _median(vault_cost.cost(50))
    with vault_cost.asked_for_each():
        alone = _median(vault_cost.cost(50))
    print(f"COST-12: {kept:.2f} ms; {alone:.2f} ms when each field asks", file=sys.stderr)
    name = "the key service is asked for each field"
    return rows.tell_mutant("COST-12", name, red=kept < MS_FOR_A_PAGE <= alone)


def _median(found: list[vault_cost.Cost]) -> float:
    return statistics.median(c.sealed for c in found)


def _in_clear(_key: bytes, number: int, said: bytes, _place: Any) -> bytes:
    return number.to_bytes(4, "big") + bytes(12) + said + bytes(16)


def _forgetful(ask: Callable[..., Any]) -> Callable[..., Any]:
    def asked(request: dict[str, Any], **more: Any) -> Any:
        return {} if request["op"] == "shred" else ask(request, **more)

    return asked


if __name__ == "__main__":
    sys.exit(main())

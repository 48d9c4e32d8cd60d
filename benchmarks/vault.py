"""The vault: chance tamperings refused, 100,000 data keys wrapped anew, what a page pays.

``python -m benchmarks.vault [--tries N]``. On a database and a key service of its own; there are
ten keys to wrap anew for each tampering.
"""

import json
import os
import random
import sys
import tempfile
import time
from pathlib import Path
from unittest.mock import patch

from benchmarks import rows
from benchmarks.scratch import scratch

SECONDS_FOR_ALL, MS_FOR_A_PAGE = 60.0, 5.0


def main(argv: list[str] | None = None) -> int:
    """Measure all three; 1 if one of them misses its target."""
    given = rows.options(argv, says=__doc__, full=10_000, quick=500)
    if given.mutants:
        return mutants(given.seed)
    refused, opened = tampered(given.tries, seed=given.seed)
    worst = rows.tell(
        "TP-C", target=f"0 of {given.tries:,} opened", measured=f"{opened} opened",
        passed=not opened and refused == given.tries, seed=given.seed,
    )  # fmt: skip
    with scratch():
        seconds, left, page = _measured(10 * given.tries)
    worst |= rows.tell(
        "TP-C-ROTATE", target=f"{10 * given.tries:,} keys in {SECONDS_FOR_ALL:.0f} s, 0 left",
        measured=f"{seconds:.1f} s, {left} left",
        passed=seconds < SECONDS_FOR_ALL and not left, seed=given.seed,
    )  # fmt: skip
    return worst | rows.tell(
        "COST-12", target=f"under {MS_FOR_A_PAGE:.0f} ms for 12 fields", measured=f"{page:.2f} ms",
        passed=page < MS_FOR_A_PAGE, seed=given.seed,
    )  # fmt: skip


def mutants(seed: int) -> int:
    """Bind fields to no place, then wrapped keys; then let a rotation write nothing back."""
    from mekhala.safeguards.identity import sealing
    from mekhala.safeguards.keys.wrapping import Place

    worst, guarded = 0, not tampered(500, seed)[1]  # green before the guard is taken out
    for name, unbound in (
        ("sealed field", patch.object(sealing, "_place", lambda *_said: b"")),
        ("wrapped key", patch.object(Place, "bound", lambda _self: b"")),
    ):
        with unbound:
            _refused, opened = tampered(500, seed)
        nowhere = f"a {name} is bound to no number, column or keeping"
        worst |= rows.tell_mutant("TP-C", nowhere, red=guarded and opened > 0)
    with scratch():
        from mekhala.safeguards.identity import rewrapping

        with patch.object(rewrapping, "_write_anew", len):
            _seconds, left, _page_took = _measured(500)
    lies = "keys wrapped anew are said to be kept and are not"
    return worst | rows.tell_mutant("TP-C-ROTATE", lies, red=left > 0)


def tampered(tries: int, seed: int) -> tuple[int, int]:
    """Alter sealed fields and wrapped keys by chance; return how many were refused and opened."""
    draws = random.Random(seed)
    with tempfile.TemporaryDirectory() as place:
        folder = os.open(place, os.O_RDONLY | os.O_DIRECTORY)
        victim = _Victim(folder, tries)
        answers = [draws.choice(victim.ways)(draws) for _try in range(tries)]
        os.close(folder)
    return answers.count(False), answers.count(True)


class _Victim:
    """Two people, each with two keepings; ways to alter what lies of them, True if it opened."""

    FIELDS = ("native_name", "latin_name", "birth_date", "national_id", "phone")

    def __init__(self, folder: int, tries: int) -> None:
        from mekhala.safeguards.keys.service import KeyService

        limits = {"per_hour": tries + 1, "per_day": tries + 1, "all_per_hour": tries + 1}
        place = f"/proc/self/fd/{folder}/limits.json"
        Path(place).write_text(json.dumps(limits), encoding="utf-8")
        self.service = KeyService(folder, lambda: 0.0)
        self.keys = {(p, n): os.urandom(32) for p in ("MK-1", "MK-2") for n in (1, 2)}
        self.ways = (self.flip, self.cut, self.other_field, self.other_person, self.older,
                     self.flip_key, self.other_key)  # fmt: skip

    def sealed(self, person: str, number: int, field: str) -> bytes:
        """Return a field as it lies in the database."""
        from mekhala.safeguards.identity import sealing

        key = self.keys[person, number]
        return sealing.seal(key, "Sok Invented", subject=person, field=field, number=number)

    def opens(self, data: bytes, field: str) -> bool:
        """Tell whether ``data`` opens as a field of the first person kept last."""
        from mekhala.safeguards.identity import sealing

        keys = {2: self.keys["MK-1", 2]}  # the keys that the log allows: no older one
        try:
            return bool(sealing.opened(keys, data, subject="MK-1", field=field))
        except sealing.DoesNotOpen:
            return False

    def flip(self, draws: random.Random) -> bool:
        data, field = bytearray(self.sealed("MK-1", 2, self.FIELDS[0])), self.FIELDS[0]
        bit = draws.randrange(len(data) * 8)
        data[bit // 8] ^= 1 << bit % 8
        return self.opens(bytes(data), field)

    def cut(self, draws: random.Random) -> bool:
        data = self.sealed("MK-1", 2, self.FIELDS[0])
        return self.opens(data[: draws.randrange(1, len(data))], self.FIELDS[0])

    def other_field(self, draws: random.Random) -> bool:
        one, other = draws.sample(self.FIELDS, 2)
        return self.opens(self.sealed("MK-1", 2, one), other)

    def other_person(self, draws: random.Random) -> bool:
        field = draws.choice(self.FIELDS)
        return self.opens(self.sealed("MK-2", 2, field), field)

    def older(self, draws: random.Random) -> bool:
        field = draws.choice(self.FIELDS)
        return self.opens(self.sealed("MK-1", 1, field), field)

    def flip_key(self, draws: random.Random) -> bool:
        from mekhala.safeguards.keys.protocol import packed, unpacked

        item = self.wrapped("MK-1")
        data = bytearray(unpacked(item["wrapped"]))
        bit = draws.randrange(len(data) * 8)
        data[bit // 8] ^= 1 << bit % 8
        return self.given(item | {"wrapped": packed(bytes(data))})

    def other_key(self, _draws: random.Random) -> bool:
        return self.given(self.wrapped("MK-2"))

    def wrapped(self, person: str) -> dict[str, object]:
        """Return a data key as the service wrapped it."""
        from mekhala.safeguards.keys.protocol import packed

        item = {"subject": person, "number": 2, "key": packed(self.keys[person, 2])}
        answer = self.service.answer({"op": "wrap", "items": [item]})
        return {"number": 2, "version": 1, "form": "wrapped", "wrapped": answer["wrapped"][0]}

    def given(self, item: dict[str, object]) -> bool:
        """Tell whether the service gives out a key for the first person."""
        asked = {"op": "unwrap", "actor": "officer:1", "purpose": "support", "subject": "MK-1"}
        return "keys" in self.service.answer(asked | {"items": [item]})


def _measured(count: int) -> tuple[float, int, float]:
    from mekhala.config import roles
    from mekhala.safeguards.identity import datakeys, rewrapping

    roles.become(roles.OWNER)
    _fill(count)
    datakeys.ask({"op": "rotate"})
    begin = time.perf_counter()
    done, left = rewrapping.rewrap_all()
    seconds = time.perf_counter() - begin
    left += rewrapping.count()["under_an_older_version"]
    return seconds, left + count - done, _page()


def _fill(count: int) -> None:
    from django.db import connection, transaction

    from mekhala.safeguards.identity.models import DataKey, Identity
    from mekhala.safeguards.identity.services import Name, sealed

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select set_config('mekhala.maintenance', 'on', true)")
        for start in range(0, count, 5000):
            names = [
                Name(f"MK-{n}", f"MK-{n}", *["Sok Invented"] * 6)
                for n in range(start, min(start + 5000, count))
            ]
            rows, keys = sealed(names)
            Identity.objects.bulk_create(rows, batch_size=1000)
            DataKey.objects.bulk_create(keys, batch_size=1000)


def _page(looks: int = 25) -> float:
    """Return the middle time, in ms, of opening all six fields of two people."""
    from django.db import connection, transaction

    from mekhala.safeguards.identity import datakeys, sealing
    from mekhala.safeguards.identity.models import FIELDS, DataKey, Identity

    times = []
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select set_config('mekhala.maintenance', 'on', true)")
        rows = list(Identity.objects.order_by("pk")[: 2 * looks])
        keys = {k.subject: k for k in DataKey.objects.filter(subject__in=[r.pk for r in rows])}
    for first in range(0, len(rows), 2):
        begin = time.perf_counter()
        for row in rows[first : first + 2]:
            opened = datakeys.unwrapped([keys[row.pk]], actor=f"officer:{first}", purpose="support")
            for field in FIELDS:
                sealing.opened(opened, bytes(getattr(row, field)), subject=row.pk, field=field)
        times.append((time.perf_counter() - begin) * 1000)
    return sorted(times)[len(times) // 2]


if __name__ == "__main__":
    sys.exit(main())

"""Chance tamperings with what lies sealed: names and wrapped keys, and what is said (TP-C)."""

import json
import os
import random
import tempfile
from pathlib import Path


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


def narrative_tampered(tries: int, seed: int) -> tuple[int, int]:
    """Alter and move what was sealed of a narrative; return how many were refused and opened."""
    draws = random.Random(seed)
    told = _Told()
    answers = [draws.choice(told.ways)(draws) for _try in range(tries)]
    return answers.count(False), answers.count(True)


class _Told:
    """A text of one person under the newer of two keys; ways to alter it, True if it opened."""

    PARTS = ("table", "person", "field", "row")

    def __init__(self) -> None:
        self.keys = {1: os.urandom(32), 2: os.urandom(32)}
        self.ways = (self.flip, self.cut, self.moved, self.renumbered, self.other_key)

    def place(self, draws: random.Random, **more: object) -> object:
        """Return a place drawn by chance, with some parts as given."""
        from mekhala.safeguards.identity.narrative import Place

        drawn = {
            "table": "determination_finding", "field": "because",
            "person": f"MK-{draws.randrange(10**6)}",
            "row": (str(draws.randrange(10**6)), "means.force"),
        }  # fmt: skip
        return Place(**(drawn | more))

    def sealed(self, place: object, number: int = 2, key: bytes | None = None) -> bytes:
        from mekhala.safeguards.identity import narrative

        return narrative.seal(key or self.keys[number], number, b"Told. " * 200, place)

    def opens(self, data: bytes, place: object) -> bool:
        """Tell whether ``data`` opens at ``place`` with both keys of the person at hand."""
        from mekhala.safeguards.identity import narrative, sealing

        try:
            return bool(narrative.open_with(self.keys, data, place))
        except sealing.DoesNotOpen:
            return False

    def flip(self, draws: random.Random) -> bool:
        place = self.place(draws)
        data = bytearray(self.sealed(place))
        bit = draws.randrange(len(data) * 8)
        data[bit // 8] ^= 1 << bit % 8
        return self.opens(bytes(data), place)

    def cut(self, draws: random.Random) -> bool:
        place = self.place(draws)
        data = self.sealed(place)
        return self.opens(data[: draws.randrange(1, len(data))], place)

    def moved(self, draws: random.Random) -> bool:
        """Put it into another table, of another person, another field or another row."""
        place = self.place(draws)
        there = vars(place) | {draws.choice(self.PARTS): "another"}
        return self.opens(self.sealed(place), self.place(draws, **there))

    def renumbered(self, draws: random.Random) -> bool:
        """Claim another of the person's keys: what was sealed before as what is now, and back."""
        place, number = self.place(draws), draws.choice((1, 2))
        data = self.sealed(place, number)
        return self.opens((3 - number).to_bytes(4, "big") + data[4:], place)

    def other_key(self, draws: random.Random) -> bool:
        """Put what was sealed for the same place under a key the person does not have."""
        place = self.place(draws)
        return self.opens(self.sealed(place, 2, os.urandom(32)), place)

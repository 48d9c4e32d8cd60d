"""Planted strings, looked for in every file of an installation; erased keys, put back (TP-C)."""

import os
import random
from pathlib import Path
from typing import Any

from benchmarks.vault_people import as_owner, cursor_of_django, told_of

PLANTED = 100
MARK = "Zxqw"  # each planted string begins with it


def traces(home: Path, draws: random.Random) -> tuple[int, int]:
    """Plant strings, erase their people; return how many were found, and keys given again."""
    from mekhala.config import roles

    roles.become(roles.OWNER)
    planted = [f"{MARK}{draws.getrandbits(80):020x}" for _one in range(PLANTED)]
    people = told_of(PLANTED, 1, lambda n: f"{planted[n]} said so")
    assert _found(home, [_in_clear()]), "the search finds nothing at all"
    before = _found(home, planted)
    keys = _erased(people)
    return len(before | _found(home, planted)), sum(_is_given(key) for key in keys)


def _in_clear() -> str:
    """Plant one string where nothing is sealed, so that the search itself is tried; return it."""
    from mekhala.safeguards.agencies.models import Agency

    control = f"{MARK}control"
    Agency.objects.filter(code="invented").update(name=control)
    return control


def _erased(people: list[str]) -> list[Any]:
    """Erase people for good; return their data keys as a dump from before would bring them."""
    from datetime import UTC, datetime

    from django.db import transaction

    from mekhala.safeguards.identity import services
    from mekhala.safeguards.identity.models import DataKey

    with transaction.atomic(), cursor_of_django() as cursor:
        as_owner(cursor)
        keys = list(DataKey.objects.filter(subject__in=people))
        for number in people:
            services.shred(number, by=None, at=datetime.now(UTC))
    return keys


def _is_given(key: Any) -> bool:
    from mekhala.safeguards.identity import datakeys, errors

    try:
        return bool(datakeys.unwrapped([key], actor=f"officer:{key.pk}", purpose="none"))
    except errors.NameGone:
        return False


def _found(home: Path, planted: list[str]) -> set[str]:
    """Return which strings lie in a file of the installation, or in a dump made now."""
    import subprocess

    from mekhala.config import binaries, roles

    roles.become(roles.ADMIN)
    with cursor_of_django() as cursor:
        cursor.execute("checkpoint")
    roles.become(roles.OWNER)
    dump = subprocess.run(
        [binaries.find()[0] / "pg_dump", "-h", os.environ["MEKHALA_DB_SOCKET"], "-p", "5432", "-U",
         roles.ADMIN, "mekhala"],
        check=True, capture_output=True,
    ).stdout  # fmt: skip
    assert b"COPY public.screening_screening" in dump
    files = [path for path in home.rglob("*") if path.is_file()]
    assert any("pg_wal" in path.parts for path in files)
    texts = [dump, *(path.read_bytes() for path in files)]
    marks = MARK.encode(), MARK.encode().hex().encode()
    suspect = [text for text in texts if any(mark in text for mark in marks)]
    words = {word: (word.encode(), word.encode().hex().encode()) for word in planted}
    return {word for word, forms in words.items() if any(f in t for t in suspect for f in forms)}

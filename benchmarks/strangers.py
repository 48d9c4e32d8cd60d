"""Officers to whom nothing is open, what they ask, and what the answer tells them.

Used by the proofs of timing (R-01) and of membership (TP-P7), in-process through the Django
client on a real database: an attacker over a network sees the same, and less sharply.
"""

import re
import time
from collections.abc import Iterator
from typing import Any, NamedTuple

MARKS = (  # what stands on every page of this session, this request and this officer
    r'name="csrfmiddlewaretoken" value="[^"]+"', r'nonce="[^"]+"', r"Invented agency \d+",
    r"[Oo]fficer \d+", r"invented-\d+",
    r'data-serial="\w+"', r"Printed by .*? Serial \w+\.",
)  # fmt: skip
FEW = 25  # questions of one stranger: less than any limit on how often one may ask


class Told(NamedTuple):
    """What one answer tells: its status, its body without what differs each time, its time."""

    status: int
    body: str
    seconds: float

    @property
    def size(self) -> int:
        """Characters of the body."""
        return len(self.body)


def strangers(role: Any = None) -> Iterator[Any]:
    """Yield clients of officers of other agencies, a fresh officer every few questions."""
    from django.test import Client

    from mekhala.safeguards.access.purposes import Role
    from tests.builders import officer

    roles = [role] if role else [Role.FIRST_RESPONDER, Role.AUTHORITY, Role.REGISTRAR]
    number = 0
    while True:
        client = Client(REMOTE_ADDR=f"10.0.{number // 250 % 250}.{number % 250 + 1}")
        client.force_login(officer(roles[number % len(roles)]))
        client.get("/healthz")  # what is done once per session is done
        yield from [client] * FEW
        number += 1


def ask(client: Any, verb: str, address: str, number: str = "", **body: Any) -> Told:
    """Ask, and return what was told; ``number`` and marks of one request are taken out of it."""
    act = getattr(client, verb)
    began = time.perf_counter()
    answer = act(address, **body)
    text = answer.content.decode(errors="replace")
    seconds = time.perf_counter() - began
    return Told(answer.status_code, _without_marks(answer, text, number), seconds)


def _without_marks(answer: Any, text: str, number: str) -> str:
    for varies in MARKS:
        text = re.sub(varies, "", text)
    reference = str(answer.context["page_reference"]) if answer.context else ""
    for word in (number, reference):
        text = text.replace(word, "…") if word else text
    return text


def known_numbers(link: Any, most: int) -> list[str]:
    """Return numbers of cases that stand, by the superuser's connection."""
    found = link.execute("select number from encounter_case order by number limit %s", [most])
    return [number for (number,) in found]


def absent_numbers(link: Any, count: int) -> list[str]:
    """Return well-formed numbers of no case."""
    from mekhala.core.check_digit import new_number

    drawn = {new_number("MK") for _ in range(count)}
    taken = link.execute("select number from encounter_case where number = any(%s)", [list(drawn)])
    return sorted(drawn - {number for (number,) in taken})

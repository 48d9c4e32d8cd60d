"""Eight programs that write all the time, and note each answer they get: part of ``kills``.

    python -m benchmarks.kill_writers PORT TOKENS ANSWERS

``TOKENS`` is a file of bearer tokens, one a line, shared out among the writers. To ``ANSWERS`` goes
a line for each answer: ``case NUMBER`` or ``consent NUMBER UNTIL`` for what the server
acknowledged, ``unanswered`` where it broke off or said 5xx or 429, ``refused …`` for anything
else. ``UNTIL`` is an instant of the writer's own making, no two alike: by it the row is known
again. Ends when it is told to (SIGTERM).
"""

import contextlib
import http.client
import itertools
import json
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TextIO

WRITERS, CONSENTS = 8, 3
CASE = {"met_at": "2026-03-09T03:00:00Z", "place_code": "120101", "consents_to_go_on": True}
CONSENT = {"recipient": "here", "purpose": "support", "data_class": "needs", "answer": "given"}
FAR = datetime(2040, 1, 1, tzinfo=UTC)


class Writer:
    """One program: opens a case, records consents about it, and so on without end."""

    def __init__(self, place: int, port: int, tokens: list[str], answers: TextIO) -> None:
        """Write as the officers of ``tokens``, by turns."""
        self.place, self.port, self.answers = place, port, answers
        self.tokens = itertools.cycle(tokens)
        self.marks = itertools.count(place * 10_000_000)
        self.link: http.client.HTTPConnection | None = None

    def run(self) -> None:
        """Write until the process ends."""
        while True:
            token = next(self.tokens)
            made = self.post("/api/v1/cases", CASE, token)
            if made is None:
                time.sleep(0.05)
                continue
            self.note(f"case {made['number']}")
            for _ in range(CONSENTS):
                self.consent(made["number"], token)

    def consent(self, number: str, token: str) -> None:
        """Record one answer of the person, known again by its end."""
        until = (FAR + timedelta(seconds=next(self.marks))).isoformat()
        if self.post(f"/api/v1/cases/{number}/consents", CONSENT | {"until": until}, token):
            self.note(f"consent {number} {until}")

    def post(self, address: str, told: dict[str, Any], token: str) -> Any:
        """Return what was answered to ``told``, None if the act was not acknowledged."""
        try:
            self.link = self.link or http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
            heads = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
            self.link.request("POST", address, json.dumps(told), heads)
            answer = self.link.getresponse()
            body = answer.read()
        except (OSError, http.client.HTTPException):
            self._hang_up()
            return None
        if answer.status == 201:
            return json.loads(body)
        if answer.status < 500 and answer.status != 429:
            self.note(f"refused {answer.status} {body[:200]!r}")
        self._hang_up()
        return None

    def _hang_up(self) -> None:
        with contextlib.suppress(Exception):
            if self.link:
                self.link.close()
        self.link = None
        self.note("unanswered")
        time.sleep(0.02)

    def note(self, line: str) -> None:
        """Keep one line, at once."""
        self.answers.write(f"{line}\n")
        self.answers.flush()


def main(argv: list[str]) -> int:
    """Start the writers and wait."""
    port, tokens = int(argv[0]), Path(argv[1]).read_text(encoding="ascii").split()
    kept = Path(argv[2])
    for place in range(WRITERS):
        answers = kept.with_suffix(f".{place}").open("a", encoding="ascii")
        writer = Writer(place, port, tokens[place::WRITERS], answers)
        threading.Thread(target=writer.run, daemon=True).start()
    threading.Event().wait()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

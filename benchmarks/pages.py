"""How fast the list of cases and a case page answer with 20,000 people in the database.

``./run bench pages [--people 20000 --clients 8 --seconds 20]``: fills an own database, serves it
as ``./run serve`` does, and lets clients on the same machine ask over loopback. Prints one line
of JSON per page: requests, p50, p95 and p99 in milliseconds.
"""

import argparse
import http.client
import json
import os
import random
import shutil
import tempfile
import threading
import time
from pathlib import Path

PORT = "8399"


def main(argv: list[str] | None = None) -> int:
    """Measure, print, and say whether p95 stays under the limit."""
    parser = argparse.ArgumentParser(prog="./run bench pages", description=__doc__)
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--limit", type=float, default=150, help="milliseconds p95 may take")
    args = parser.parse_args(argv)
    place = Path(tempfile.mkdtemp(prefix="mekhala-bench-"))
    os.environ |= {"MEKHALA_HOME": str(place), "PORT": PORT}
    try:
        return measure(args)
    finally:
        shutil.rmtree(place, ignore_errors=True)


def measure(args: argparse.Namespace) -> int:
    """Fill, serve, ask."""
    from mekhala.cli.installation import collect_static, opened
    from mekhala.cli.serving import Doors

    with opened():
        cookie, numbers = _prepare(args.people)
        numbers = random.sample(numbers, min(50, len(numbers)))  # who reads more is locked
        collect_static()
        doors = Doors(PORT, str(int(PORT) + 1))
        doors.open()
        try:
            assert doors.wait_until_ready(), "the application does not answer"
            pages = {
                "list of cases": lambda: "/cases/",
                "case": lambda: f"/cases/{random.choice(numbers)}/",
            }
            results = {name: _asked(page, cookie, args) for name, page in pages.items()}
        finally:
            doors.close()
    for name, figures in results.items():
        print(json.dumps({"page": name, **figures}))
    return 0 if all(f["p95_ms"] < args.limit for f in results.values()) else 1


def _prepare(people: int) -> tuple[str, list[str]]:
    """Fill the database; return a signed-in session of an authority officer and their cases."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from mekhala.cli.sample_command import fill
    from mekhala.config import roles
    from mekhala.safeguards.access.acting import acting_for
    from mekhala.safeguards.access.models import Grant, Officer

    roles.become(roles.OWNER)
    print(json.dumps({"filled": fill(people, 1)}), flush=True)
    roles.become(roles.APP)
    officer = Officer.objects.get(username="ca-01-01")
    session = SessionStore()
    session[SESSION_KEY] = str(officer.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = officer.get_session_auth_hash()
    session.create()
    with acting_for(officer.pk):
        numbers = list(Grant.objects.filter(officer=officer).values_list("file_number", flat=True))
    print(json.dumps({"cases_open_to_the_officer": len(numbers)}), flush=True)
    return f"session={session.session_key}", numbers


def _asked(page, cookie: str, args: argparse.Namespace) -> dict[str, float]:
    """Let the clients ask for ``page()`` for the given time; return the figures."""
    times: list[float] = []
    until = time.monotonic() + args.seconds
    threads = [
        threading.Thread(target=_client, args=(page, cookie, until, times))
        for _ in range(args.clients)
    ]
    [t.start() for t in threads]
    [t.join() for t in threads]
    times.sort()
    at = {share: times[int(len(times) * share)] * 1000 for share in (0.5, 0.95, 0.99)}
    return {
        "clients": args.clients, "requests": len(times), "p50_ms": round(at[0.5], 1),
        "p95_ms": round(at[0.95], 1), "p99_ms": round(at[0.99], 1),
    }  # fmt: skip


def _client(page, cookie: str, until: float, times: list[float]) -> None:
    link = http.client.HTTPConnection("127.0.0.1", int(PORT), timeout=30)
    while time.monotonic() < until:
        began = time.monotonic()
        link.request("GET", page(), headers={"Cookie": cookie, "Host": f"localhost:{PORT}"})
        answer = link.getresponse()
        body = answer.read()
        assert answer.status == 200, (answer.status, body[:200])
        times.append(time.monotonic() - began)


if __name__ == "__main__":
    raise SystemExit(main())

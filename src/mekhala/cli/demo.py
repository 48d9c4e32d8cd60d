"""``./run demo``: the invented country, the whole way walked once, then the doors open.

``SERVE=0`` stops before serving. What was done stands in ``MEKHALA_HOME/demo/summary.json``,
with log-ins that are new at every first start and work in this demo only.
"""

import fcntl
import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from mekhala.cli.installation import collect_static, opened
from mekhala.cli.serve import check_ports, serve, take_no_words
from mekhala.config.home import home
from mekhala.core.wrong_input import WrongInput

PEOPLE, SEED = 2000, 1


def main() -> int:
    """Prepare on the first start, greet, and serve unless told not to.

    Returns 2 where an earlier first start was broken off and left half a country.
    """
    take_no_words("demo", __doc__ or "")
    with _one_at_a_time() as turn, opened() as servers:
        if os.environ.get("SERVE") != "0":
            check_ports()
        collect_static()
        try:
            summary = _kept_summary() or _first_start()
        except WrongInput:
            print(
                "demo: an earlier first start was broken off. Delete the folder "
                f"{home()}, or name another as MEKHALA_HOME, and start again.", file=sys.stderr,
            )  # fmt: skip
            return 2
        _greet(summary)
        if os.environ.get("SERVE") == "0":
            return 0
        turn.close()
        return serve(servers)


@contextmanager
def _one_at_a_time() -> Iterator[IO[str]]:
    """Hold the lock of this home, until it is closed: of two first starts the second waits.

    It then finds the country there, or, where the first does not serve, a database at rest.
    """
    with (home() / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield lock


def _place() -> Path:
    return home() / "demo" / "summary.json"


def _kept_summary() -> dict[str, Any] | None:
    """Return the summary of an earlier start, with today's addresses."""
    if not _place().exists():
        return None
    summary: dict[str, Any] = json.loads(_place().read_text(encoding="utf-8"))
    summary |= _addresses()
    _keep(summary)
    return summary


def _first_start() -> dict[str, Any]:
    from mekhala.cli.demo_accounts import make_accounts

    began = time.monotonic()
    country = _country()
    summary = _addresses() | make_accounts() | {"sample": country}
    summary |= _main_job()
    summary["seconds"] = round(time.monotonic() - began, 1)
    _keep(summary)
    return summary


def _country() -> dict[str, object]:
    """Fill the empty database as its owner, then go back to being the application."""
    from mekhala.cli.sample_command import fill
    from mekhala.config import roles

    print(f"loading the invented country: {PEOPLE:,} people …", flush=True)
    roles.become(roles.OWNER)
    try:
        return fill(PEOPLE, SEED)
    finally:
        roles.become(roles.APP)


def _main_job() -> dict[str, Any]:
    from django.utils import timezone

    from mekhala.sample.main_job import run

    print("the main job, walked by invented officers:", flush=True)
    return run(seed=SEED, people=PEOPLE, now=timezone.now(), told=_tell)


def _tell(step: str, counts: dict[str, Any]) -> None:
    from mekhala.sample.telling import told

    print(f"  {step:14} {told(step, counts)}", flush=True)


def _addresses() -> dict[str, Any]:
    from django.conf import settings

    return {"url": settings.CASEWORK_URL, "public_url": settings.PUBLIC_URL}


def _keep(summary: dict[str, Any]) -> None:
    place = _place()
    place.parent.mkdir(mode=0o700, exist_ok=True)
    fresh = place.with_suffix(".new")
    fresh.touch(mode=0o600)
    fresh.write_text(json.dumps(summary, ensure_ascii=False, indent=2), encoding="utf-8")
    fresh.replace(place)


def _greet(summary: dict[str, Any]) -> None:
    print(f"\nMekhala   {summary['url']}     public figures   {summary['public_url']}")
    told = "Log-ins, for this demo only; the page that asks for a code tells it:"
    print(f"Everybody in it is invented. {told}\n")
    for role, login in summary["logins"].items():
        second = f"   one-time code secret {login['totp_secret']}" if "totp_secret" in login else ""
        print(f"  {role:18} {login['username']:12} {login['password']}{second}")
    print(f"\nSummary of the main job: {_place()}\n", flush=True)


if __name__ == "__main__":
    sys.exit(main())

"""The processes that serve: casework, public, and the worker and clock of the jobs.

The database belongs to this process; when it ends, however it ends, so do they all.
"""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from types import FrameType

WORKERS, THREADS = "2", "8"


class Doors:
    """The serving processes, started together and stopped together."""

    def __init__(self, port: str, public_port: str) -> None:
        """Serve casework on ``port`` and the public site on ``public_port``, loopback only."""
        self.port, self.public_port = port, public_port
        self.children: list[subprocess.Popen[bytes]] = []

    def check_free(self) -> None:
        """Leave in one sentence where somebody else has one of the ports."""
        for name, port in (("PORT", self.port), ("MEKHALA_PUBLIC_PORT", self.public_port)):
            with socket.socket() as tried:
                tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                try:
                    tried.bind(("127.0.0.1", int(port)))
                except OSError as error:
                    raise SystemExit(
                        f"{name}: {port} cannot be had ({error.strerror}); name another, "
                        f"as in {name}=8100 ./run demo"
                    ) from None

    def open(self) -> None:
        """Start the four processes."""
        self.children = [
            _started(_gunicorn(self.port, WORKERS), "casework"),
            _started(_gunicorn(self.public_port, "1"), "public"),
            _started([sys.executable, "-m", "django", "db_worker", "--interval", "1"], "casework"),
            _started([sys.executable, "-m", "mekhala.jobs.by_the_clock"], "casework"),
        ]

    def wait_until_ready(self, seconds: float = 120) -> bool:
        """Return whether ``/healthz`` answers 200 within ``seconds``, and no process has ended."""
        until = time.monotonic() + seconds
        while time.monotonic() < until and all(c.poll() is None for c in self.children):
            try:
                address = f"http://localhost:{self.port}/healthz"
                with urllib.request.urlopen(address, timeout=5) as answer:
                    return bool(answer.status == 200)
            except OSError:
                time.sleep(0.1)
        return False

    def wait(self, tend: Callable[[], object]) -> int:
        """Serve until a signal comes or a process ends; then stop the others.

        ``tend`` is called again and again: it looks after what may be started anew.
        """
        signal.signal(signal.SIGTERM, _leave)
        try:
            while all(child.poll() is None for child in self.children):
                tend()
                time.sleep(0.3)
            return 1
        except KeyboardInterrupt:
            return 0
        finally:
            self.close()

    def close(self) -> None:
        """Ask every process to finish what it is doing, and make sure it is gone."""
        for child in self.children:
            if child.poll() is None:
                child.terminate()
        for child in self.children:
            try:
                child.wait(10)
            except subprocess.TimeoutExpired:
                child.kill()


def _gunicorn(port: str, workers: str) -> list[str]:
    return [
        sys.executable, "-m", "gunicorn", "mekhala.config.wsgi:application",
        "--bind", f"127.0.0.1:{port}", "--workers", workers, "--worker-class", "gthread",
        "--threads", THREADS, "--log-level", "warning", "--no-control-socket",
    ]  # fmt: skip


def _started(command: list[str], door: str) -> subprocess.Popen[bytes]:
    settings = f"mekhala.config.settings.{door}"
    return subprocess.Popen(
        command,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": settings},
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=_die_with_parent,  # noqa: PLW1509 - no thread of ours runs yet
    )


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)


def _leave(number: int, frame: FrameType | None) -> None:  # noqa: ARG001
    raise KeyboardInterrupt

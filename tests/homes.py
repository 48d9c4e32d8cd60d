"""Homes made once in a run, whichever worker asks first: a migrated database at rest, a demo."""

import fcntl
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.scratch import NAMED, copied

ROOT = Path(__file__).resolve().parents[1]
MIGRATE = """
from mekhala.config.database import ready_the_server
server = ready_the_server(fsync="off", full_page_writes="off")
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
server.stop()
"""


@contextmanager
def once(name: str, make: Callable[[Path], Any]) -> Iterator[tuple[Path, Any]]:
    """Yield the folder ``make`` filled and what it told, made anew by the first who asks.

    Whoever asks for the same name meanwhile waits: one at a time has it. The database's account
    may pass the folder.
    """
    told = Path(os.environ["MEKHALA_HOME"]) / f"{name}.once"
    with told.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not told.exists():
            place = Path(tempfile.mkdtemp(prefix=f"mekhala-{name}-"))
            place.chmod(0o711)
            told.write_text(json.dumps([str(place), make(place)]))
        place, words = json.loads(told.read_text())
        yield Path(place), words


def migrated() -> Path:
    """Return the home of this run whose database is migrated and at rest."""
    with once("migrated", _migrate) as (home, _words):
        os.environ[NAMED] = str(home)
        return home


def _migrate(home: Path) -> None:
    kept = {k: v for k, v in os.environ.items() if k not in ("MEKHALA_DB_SOCKET", "DATABASE_URL")}
    subprocess.run(
        [sys.executable, "-c", MIGRATE], cwd=ROOT, check=True,
        env=kept | {"MEKHALA_HOME": str(home), "PYTHONPATH": str(ROOT / "src"),
                    "DJANGO_SETTINGS_MODULE": "mekhala.config.settings.casework"},
    )  # fmt: skip


def copy_to(home: Path) -> None:
    """Give ``home``, which has none, a migrated database of its own; keys it makes itself."""
    copied(migrated(), home)


def forget(run: Path) -> None:
    """Take away what a run made under ``run``, its home."""
    for told in run.glob("*.once"):
        shutil.rmtree(json.loads(told.read_text())[0], ignore_errors=True)

"""A database that is migrated already: made once in a run, copied to whoever wants his own."""

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

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


def migrated() -> Path:
    """Return the home of this run whose database is migrated and at rest."""
    told = Path(os.environ["MEKHALA_HOME"]) / "migrated.path"
    with told.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not told.exists():
            told.write_text(str(_made()))
    os.environ[NAMED] = told.read_text()
    return Path(told.read_text())


def _made() -> Path:
    home = Path(tempfile.mkdtemp(prefix="mekhala-migrated-"))
    home.chmod(0o711)
    kept = {k: v for k, v in os.environ.items() if k not in ("MEKHALA_DB_SOCKET", "DATABASE_URL")}
    subprocess.run(
        [sys.executable, "-c", MIGRATE], cwd=ROOT, check=True,
        env=kept | {"MEKHALA_HOME": str(home), "PYTHONPATH": str(ROOT / "src"),
                    "DJANGO_SETTINGS_MODULE": "mekhala.config.settings.casework"},
    )  # fmt: skip
    return home


def copy_to(home: Path) -> None:
    """Give ``home``, which has none, a migrated database of its own; keys it makes itself."""
    copied(migrated(), home)


def forget(run: Path) -> None:
    """Take away what a run made under ``run``, its home."""
    told = run / "migrated.path"
    if told.exists():
        shutil.rmtree(told.read_text(), ignore_errors=True)

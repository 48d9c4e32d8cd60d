"""The folder of a linking: gone with its process, however that ends."""

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from mekhala.core.matching.linker import own_folder

HOLDS = (
    "import sys; from mekhala.core.matching.linker.own_folder import own_folder\n"
    "with own_folder() as folder:\n"
    "    open(folder + '/names.tmp', 'w').write('Sok Dara'); print(folder, flush=True)\n"
    "    sys.stdin.read()"
)


@pytest.fixture
def temporary(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@pytest.fixture
def other(temporary):
    """Another process that holds a folder, and the folder."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    process = subprocess.Popen([sys.executable, "-c", HOLDS], env=environment, text=True,
                               stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # fmt: skip
    yield process, Path(process.stdout.readline().strip())
    process.kill()
    process.communicate()


def test_what_a_killed_process_left_is_cleared_at_the_next_start(temporary, other):
    process, left = other
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert (left / "names.tmp").exists()

    with own_folder.own_folder():
        assert not left.exists()


def test_the_folder_of_a_process_at_work_is_left_alone(temporary, other):
    own_folder.clear()

    assert (other[1] / "names.tmp").exists()


def test_a_folder_is_its_owners_alone_and_goes_at_the_end(temporary):
    with own_folder.own_folder() as folder:
        assert Path(folder).stat().st_mode & 0o777 == 0o700
    assert list(temporary.iterdir()) == []

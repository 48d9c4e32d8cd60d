"""``mekhala keys`` as an operator calls it, on a database and a key service of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

WITHOUT = ("--emergency",)
ROOT = Path(__file__).resolve().parents[2]


def called(home, *words):
    """Run ``mekhala`` in a home; return status, what was said, and what was complained of."""
    done = subprocess.run(
        [sys.executable, "-m", "mekhala.cli", *words], check=False, capture_output=True, text=True,
        cwd=ROOT, env=os.environ | {"MEKHALA_HOME": str(home), "PYTHONPATH": str(ROOT / "src")},
    )  # fmt: skip
    return done.returncode, done.stdout, done.stderr


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    if os.environ.get("DATABASE_URL"):
        pytest.skip("the command is tried on an embedded database of its own")
    folder = tmp_path_factory.mktemp("keys")
    status, _said, complaint = called(folder, "sample", "--people", "40")
    assert status == 0, complaint
    return folder


def test_a_rotation_wraps_every_key_anew_and_status_says_so(home):
    before = json.loads(called(home, "keys", "status", "--json")[1])
    after = json.loads(called(home, "keys", "rotate", "--json", *WITHOUT)[1])
    assert after["version"] == before["version"] + 1
    assert after["wrapped_anew"] == before["data_keys"] > 10
    assert after["under_an_older_version"] == after["could_not_be_opened"] == 0
    again = json.loads(called(home, "keys", "rewrap", "--json")[1])
    assert again["wrapped_anew"] == 0


def test_erasing_asks_for_a_yes_and_for_a_number_that_is_there(home):
    status, said, complaint = called(home, "keys", "shred", "MK-NOBODY")
    assert (status, said) == (2, "")
    assert "--yes" in complaint
    status, said, complaint = called(home, "keys", "shred", "MK-NOBODY", "--yes", *WITHOUT)
    assert (status, said, complaint.count("\n")) == (2, "", 1)
    assert "no name is kept under 'MK-NOBODY'" in complaint


def test_doctor_says_whose_account_the_keys_are_with(home):
    _status, said, _complaint = called(home, "doctor", "--json")
    found = {one["what"]: one for one in json.loads(said)}
    assert found["Key service"]["well"]
    account = found["Account of the key service"]
    assert (
        account["to_do"] == "" if account["seen"] == "mekhala-keys" else "own" in account["to_do"]
    )

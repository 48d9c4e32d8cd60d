"""``mekhala keys`` as an operator calls it, on a database and a key service of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from mekhala.config.embedded import PORT, EmbeddedServer
from mekhala.config.roles import ADMIN
from tests import homes

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
    homes.copy_to(folder)
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


def asked(home, statement, *values):
    """Ask the database of a home as the one to whom everything is open and no trigger answers."""
    where = {"host": str(EmbeddedServer(home).start()), "port": PORT, "user": ADMIN}
    with psycopg.connect(**where, dbname="mekhala", autocommit=True) as link:
        link.execute("set session_replication_role = replica")
        asked = link.execute(statement, values)
        return asked.fetchall() if asked.description else []


def test_a_held_file_is_refused_before_the_signature_is_used_up(home):
    ((number,),) = asked(home, "select subject from identity_identity order by subject limit 1")
    hold = (
        "insert into holds_hold (number, basis, begins_at, until, review_on, signature_id)"
        " values (%s, 'court_order', now(), now() + interval '1 day', now(), 1)"
    )
    asked(home, hold, number)
    shred = ("keys", "shred", number, "--yes", *WITHOUT)
    status, said, complaint = called(home, *shred)
    assert (status, said, complaint.count("\n")) == (2, "", 1)
    assert f"{number} is under a legal hold" in complaint
    noted = "select count(*) from audit_entry where act = 'four_eyes.emergency' and subject = %s"
    assert asked(home, noted, number) == [(0,)]
    asked(home, "delete from holds_hold")  # the mutant: nothing else stood in the way
    assert called(home, *shred)[0] == 0


def test_doctor_says_whose_account_the_keys_are_with(home):
    _status, said, _complaint = called(home, "doctor", "--json")
    found = {one["what"]: one for one in json.loads(said)}
    assert found["Key service"]["well"]
    account = found["Account of the key service"]
    assert (
        account["to_do"] == "" if account["seen"] == "mekhala-keys" else "own" in account["to_do"]
    )

"""The drill: dumped while somebody writes, restored elsewhere, erased people stay erased."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import psycopg
import pytest

from mekhala.config.embedded import PORT, EmbeddedServer
from mekhala.config.roles import ADMIN, APP, BACKUP
from mekhala.safeguards.audit import chain
from tests import homes
from tests.builders import NOW

ROOT = Path(__file__).resolve().parents[2]


def called(home, *words, **more):
    """Run ``mekhala`` in a home; return status, what was said, and what was complained of."""
    done = subprocess.run(
        [sys.executable, "-m", "mekhala.cli", *map(str, words)], check=False, capture_output=True,
        text=True, cwd=ROOT,
        env=os.environ | {"MEKHALA_HOME": str(home), "PYTHONPATH": str(ROOT / "src")} | more,
    )  # fmt: skip
    return done.returncode, done.stdout, done.stderr


class Place:
    """A home on a disk of its own, with its database."""

    def __init__(self):
        self.home = Path(tempfile.mkdtemp(prefix="mekhala-drill-"))
        self.home.chmod(0o711)
        self.server = EmbeddedServer(self.home, extra={"fsync": "off"})

    def ask(self, statement, *values, role=ADMIN):
        where = {"host": str(self.server.start()), "port": PORT, "user": role, "dbname": "mekhala"}
        with psycopg.connect(**where, autocommit=True) as link:
            return link.execute(statement, values).fetchall()

    def done(self, *words, **more):
        status, said, complaint = called(self.home, *words, **more)
        assert status == 0, complaint
        return said

    def leave(self):
        self.server.stop()
        shutil.rmtree(self.home, ignore_errors=True)


@pytest.fixture(scope="module")
def country():
    if os.environ.get("DATABASE_URL"):
        pytest.skip("the drill is made on embedded databases of its own")
    place = Place()
    homes.copy_to(place.home)
    place.done("sample", "--people", "40")
    place.server.start()
    yield place
    place.leave()


@pytest.fixture
def elsewhere():
    place = Place()
    yield place
    place.leave()


@pytest.fixture(scope="module")
def officers(country):
    return {
        country.home / f"{name}.txt": country.done(
            "keys", "recipient", country.home / f"{name}.txt"
        )
        for name in ("first", "second", "third")
    }


class Writer(threading.Thread):
    """Adds entries to the log as fast as it can, as the application does, until told to stop."""

    def __init__(self, place):
        super().__init__()
        self.place, self.stopped, self.written = place, threading.Event(), 0

    def run(self):
        row = {"at": NOW, "act": "case.opened", "subject": "MK-X", "by": None, "agency": "",
               "details": {}}  # fmt: skip
        entry = row | {"text": chain.text_of(**row), "at": NOW.isoformat()}
        where = {"host": str(self.place.server.start()), "port": PORT, "user": APP}
        with psycopg.connect(**where, dbname="mekhala", autocommit=True) as link:
            while not self.stopped.is_set():
                link.execute("select audit_append(%s::jsonb)", [json.dumps([entry])])
                self.written += 1
                time.sleep(0.001)


@pytest.fixture(scope="module")
def backup(country, officers):
    """A backup made while a writer writes; and how much the writer wrote meanwhile."""
    writer = Writer(country)
    writer.start()
    before = writer.written
    said = country.done("backup", country.home, "--json",
                        *[w for to in officers.values() for w in ("--to", to.strip())])  # fmt: skip
    meanwhile = writer.written - before
    writer.stopped.set()
    writer.join()
    return json.loads(said) | {"meanwhile": meanwhile}


@pytest.fixture(scope="module")
def erased(country, backup):
    """Somebody who was erased after the backup was made, and somebody who was not."""
    number, other = (s for (s,) in country.ask(
        "select distinct subject from identity_datakey where form = 'wrapped' order by 1 limit 2"
    ))  # fmt: skip
    country.done("keys", "shred", number, "--yes", "--emergency")
    return number, other


def restore(place, backup, officers, *words, two=(0, 1), **more):
    named = [w for n in two for w in ("--identity", list(officers)[n])]
    return called(place.home, "restore", backup["file"], *named, *words, **more)


def keys_to(place, country, officers):
    """Bring the keys of the country, saved now, to another place; give them to its service."""
    said = country.done("keys", "backup", country.home,
                        *[w for to in officers.values() for w in ("--to", to.strip())])  # fmt: skip
    file, two = said.split(": ")[0], list(officers)[1:]
    place.done("keys", "restore", file, *[w for one in two for w in ("--identity", one)])
    Path(file).unlink()


def test_the_drill(country, backup, erased, officers, elsewhere):
    assert backup["meanwhile"] > 20, "nobody wrote while the dump was made"
    number, other = erased
    keys_to(elsewhere, country, officers)
    status, said, complaint = restore(elsewhere, backup, officers, "--json", two=(0, 2))
    assert status == 0, complaint
    answer = json.loads(said)
    assert (answer["rows"], answer["erased_again"]) == (backup["rows"], 1)
    assert answer["log_says"].startswith("The log is whole")
    forms = "select distinct form from identity_datakey where subject = %s"
    assert elsewhere.ask(forms, number) == [("destroyed",)]
    assert elsewhere.ask(forms, other) == [("wrapped",)]
    emptied = (
        "select length(latin_name) + length(native_name) from identity_identity where subject = %s"
    )
    assert elsewhere.ask(emptied, number) == [(0,)]
    ((head,),) = elsewhere.ask(
        "select digest from audit_entry where id = %s", answer["log"]["last"]
    )
    assert head == answer["log"]["head"]
    # its doors are open again, with row security as it was
    assert elsewhere.ask("select count(*) from encounter_case", role=APP) == [(0,)]
    found = json.loads(called(elsewhere.home, "doctor", "--json")[1])
    assert next(f for f in found if f["what"] == "Tables guarded by row security")["well"]


def test_without_the_replay_the_erased_would_be_back(country, backup, erased, officers, elsewhere):
    """The mutant: the dump alone still holds the wrapped keys of who was erased since."""
    number, _other = erased
    keys_to(elsewhere, country, officers)
    (elsewhere.home / "keys" / "shredded").write_text("")
    assert restore(elsewhere, backup, officers)[0] == 0
    forms = "select distinct form from identity_datakey where subject = %s"
    assert elsewhere.ask(forms, number) == [("wrapped",)]


def test_keys_that_are_not_of_this_backup_leave_the_database_shut(backup, officers, elsewhere):
    status, _said, complaint = restore(elsewhere, backup, officers)
    assert (status, complaint.count("\n")) == (1, 1)
    assert "run mekhala keys restore first" in complaint
    elsewhere.server.start()
    with pytest.raises(psycopg.OperationalError, match="too many connections"):
        elsewhere.ask("select 1", role=APP)


def test_a_database_that_is_not_empty_is_left_as_it_is(country, backup, officers):
    before = country.ask("select count(*) from encounter_case")
    status, said, complaint = restore(country, backup, officers)
    assert (status, said) == (2, "")
    assert "is not empty" in complaint
    assert "--replace-what-is-there" in complaint
    assert country.ask("select count(*) from encounter_case") == before


def test_what_is_there_is_replaced_where_that_is_said(country, backup, officers, elsewhere):
    elsewhere.done("sample", "--people", "5")
    shutil.rmtree(elsewhere.home / "keys")
    keys_to(elsewhere, country, officers)
    witness = str(
        elsewhere.home / "none.jsonl"
    )  # its own witness keeps the log that is thrown away
    key = country.done("audit", "key").strip()
    status, _said, complaint = restore(elsewhere, backup, officers, "--replace-what-is-there",
                                       "--log-key", key, MEKHALA_WITNESSES=witness)  # fmt: skip
    assert status == 0, complaint
    (manifest,) = elsewhere.ask("select count(*) from encounter_case")
    assert manifest == country.ask("select count(*) from encounter_case")[0]


def test_an_aborted_stream_is_refused_before_anything_is_touched(backup, officers, elsewhere):
    cut = elsewhere.home / "cut.backup"
    content = Path(backup["file"]).read_bytes()
    cut.write_bytes(content[: len(content) * 2 // 3])
    status, said, complaint = restore(elsewhere, {"file": cut}, officers)
    assert (status, said, complaint.count("\n")) == (2, "", 1)
    assert "cut off or altered" in complaint
    assert not (elsewhere.home / "postgres").exists()


def test_one_identity_opens_nothing(backup, officers, elsewhere):
    for two, says in (((0,), "one officer's only"), ((1, 1), "the same officer's twice")):
        status, said, complaint = restore(elsewhere, backup, officers, two=two)
        assert (status, said, complaint.count("\n")) == (2, "", 1)
        assert says in complaint


def test_a_file_of_keys_is_no_database(country, officers, elsewhere):
    said = country.done("keys", "backup", elsewhere.home,
                        *[w for to in officers.values() for w in ("--to", to.strip())])  # fmt: skip
    status, _said, complaint = restore(elsewhere, {"file": said.split(": ")[0]}, officers)
    assert (status, complaint.count("\n")) == (2, 1)
    assert "expected a database" in complaint


def test_a_dump_by_a_login_that_may_write_is_refused(country, officers):
    url = f"postgresql://{ADMIN}@/mekhala?host={country.server.start()}&port={PORT}"
    to = [w for one in officers.values() for w in ("--to", one.strip())]
    status, _said, complaint = called(country.home, "backup", country.home, *to,
                                      MEKHALA_BACKUP_URL=url)  # fmt: skip
    assert (status, complaint.count("\n")) == (2, 1)
    assert "this login may write" in complaint


def test_the_login_of_the_dump_reads_everything_and_writes_nothing(country, backup):
    everything = country.ask("select count(*) from encounter_case")
    assert country.ask("select count(*) from encounter_case", role=BACKUP) == everything
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        country.ask("delete from encounter_case returning 1", role=BACKUP)


def test_a_backup_is_noted_in_the_log_and_remembered(country, backup):
    noted = country.ask("select subject from audit_entry where act = 'backup.made'")
    assert noted == [(Path(backup["file"]).name,)]
    line = json.loads((country.home / "backups.jsonl").read_text().splitlines()[-1])
    assert line["file"] == Path(backup["file"]).name


def test_no_password_of_a_login_is_seen_among_the_processes(monkeypatch, tmp_path):
    """A program of PostgreSQL gets it in its surroundings, which other accounts cannot read."""
    from mekhala.backup import dump
    from mekhala.config import binaries

    tool = tmp_path / "pg_dump"
    tool.write_text('#!/bin/sh\necho "$@" "in $PGPASSWORD"\n')
    tool.chmod(0o755)
    monkeypatch.setattr(binaries, "find", lambda _wanted=None: (tmp_path, 15))
    where = {"host": "db", "dbname": "mekhala", "password": "an invented password"}
    with dump.program("pg_dump", [], where, 15, stdout=subprocess.PIPE) as made:
        said = made.stdout.read().decode()
    assert "in an invented password" in said
    assert "password" not in said.split(" in ")[0]

"""A server of one's own: whoever the address signs in, the work is done as ``mekhala_app``."""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg
import pytest

from mekhala.config.database import read_url
from mekhala.config.embedded import EmbeddedServer
from mekhala.config.roles import ADMIN, as_role

ROOT = Path(__file__).resolve().parents[2]


class Own:
    """A PostgreSQL that is not ours: it listens on a socket and, for passwords, on a port."""

    def __init__(self, home):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = str(free.getsockname()[1])
        more = {"fsync": "off", "listen_addresses": "127.0.0.1", "port": self.port}
        self.server = EmbeddedServer(home, extra=more)
        self.socket = self.server.start()
        with (self.server.data / "pg_hba.conf").open("a") as rules:
            rules.write("host all all 127.0.0.1/32 scram-sha-256\n")
        self.do("select pg_reload_conf()")

    def do(self, *statements, database="postgres"):
        address = f"host={self.socket} port={self.port} user={ADMIN} dbname={database}"
        with psycopg.connect(address, autocommit=True) as link:
            for statement in statements:
                link.execute(statement)

    def by_socket(self, database):
        return f"postgresql://{ADMIN}@/{database}?host={self.socket}&port={self.port}"

    def by_password(self, login, database):
        return f"postgresql://{login}:p%40ss@127.0.0.1:{self.port}/{database}"


@pytest.fixture(scope="module")
def own():
    home = Path(tempfile.mkdtemp(prefix="mekhala-own-"))
    made = Own(home)
    yield made
    made.server.stop()
    shutil.rmtree(home, ignore_errors=True)


def called(words, url, home):
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("MEKHALA", "DJANGO"))}
    more = {"MEKHALA_HOME": str(home), "PYTHONPATH": str(ROOT / "src"), "DATABASE_URL": url}
    return subprocess.run(
        [sys.executable, "-m", "mekhala.cli", *words], env=kept | more, cwd=ROOT, check=False,
        capture_output=True, text=True, timeout=120,
    )  # fmt: skip


def found_by_the_doctor(url, home):
    done = called(["doctor", "--json"], url, home)
    seen = {f["what"]: f["seen"].split(" ")[0] for f in json.loads(done.stdout)}
    assert done.returncode == 0, done.stdout + done.stderr
    return seen["Role at work"], seen["Bypasses row security"]


def test_a_superuser_by_the_socket_and_then_a_mere_login_by_password(own, tmp_path):
    own.do("create database first")
    assert found_by_the_doctor(own.by_socket("first"), tmp_path) == ("mekhala_app", "False")

    own.do("create role works login password 'p@ss' in role mekhala_app")
    url = own.by_password("works", "first")
    assert found_by_the_doctor(url, tmp_path) == ("mekhala_app", "False")
    done = called(["audit", "verify", "--json"], url, tmp_path)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 2)
    assert "may not read the log" in done.stderr
    asked = ["audit", "verify", "--json", "--database", own.by_socket("first")]
    assert json.loads(called(asked, url, tmp_path).stdout)["whole"] is True


def test_a_login_without_the_roles_is_told_what_to_run(own, tmp_path):
    own.do("create role stranger login password 'p@ss'")
    done = called(["audit", "verify"], own.by_password("stranger", "postgres"), tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert "deploy/roles.sql" in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_wrong_password_is_one_line_that_does_not_hold_it(own, tmp_path):
    url = own.by_password("nobody", "postgres").replace("p%40ss", "sesame")
    done = called(["audit", "verify"], url, tmp_path)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert "sesame" not in done.stderr


@pytest.mark.parametrize(
    "url",
    ["nonsense", "http://x/y", "postgresql://", "postgresql://u:secret@h:port/db",
     "postgresql://[::1/db", "postgresql:///db?nope=1", "host=x dbname=y"],
)  # fmt: skip
def test_what_is_no_address_is_refused_without_repeating_it(url):
    with pytest.raises(SystemExit, match="DATABASE_URL: expected postgresql://") as refusal:
        read_url(url)
    assert "secret" not in str(refusal.value)


def test_a_socket_in_the_query_and_options_of_ones_own_are_kept():
    said = read_url(
        "postgresql://me@/db?host=/var/run/pg&sslmode=require&options=-c%20work_mem%3D8MB"
    )
    assert (said["host"], said["sslmode"]) == ("/var/run/pg", "require")

    once = as_role({"OPTIONS": {}, "START_OPTIONS": said["options"]}, "mekhala_owner")
    again = as_role(once, "mekhala_app")
    assert again["OPTIONS"]["options"] == "-c work_mem=8MB -c role=mekhala_app -c jit=off"

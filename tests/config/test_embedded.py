"""The embedded PostgreSQL: closed to others, there when needed, gone when we are."""

import os
import pwd
import signal
import stat
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from mekhala.config import binaries
from mekhala.config.embedded import PORT, EmbeddedServer
from mekhala.config.roles import ADMIN


@pytest.fixture
def home(tmp_path_factory):
    """A home every account may pass through, as /tmp is; the server's folder in it is closed."""
    import shutil
    import tempfile

    place = Path(tempfile.mkdtemp(prefix="mekhala-embedded-"))
    yield place
    shutil.rmtree(place, ignore_errors=True)


@pytest.fixture
def server(home):
    made = EmbeddedServer(home, extra={"fsync": "off"})
    made.start()
    yield made
    made.stop()


def ask(server, statement="select 1"):
    where = {"host": str(server.socket), "port": PORT, "user": ADMIN, "dbname": "postgres"}
    with psycopg.connect(**where) as link:
        return link.execute(statement).fetchone()[0]


def test_folder_and_socket_are_closed_to_everybody_else(server):
    for folder in (server.top, server.data, server.socket):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_listens_on_its_socket_only_and_trusts_nobody(server):
    assert ask(server, "show listen_addresses") == ""
    methods = "select string_agg(distinct auth_method, ',') from pg_hba_file_rules"
    assert ask(server, methods) == "peer"


def test_never_runs_as_root(server):
    owner = Path(f"/proc/{server.process.pid}").stat().st_uid
    assert owner != 0


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can take another account's place")
def test_another_local_user_is_refused_even_with_the_folder_opened(server):
    stranger = pwd.getpwnam("nobody")
    server.socket.chmod(0o755)
    (server.socket / f".s.PGSQL.{PORT}").chmod(0o777)
    ask_as = (
        f"import os, psycopg; os.setgid({stranger.pw_gid}); os.setuid({stranger.pw_uid});"
        f"psycopg.connect(host='{server.socket}', user='{ADMIN}', dbname='postgres')"
    )
    done = subprocess.run(
        [sys.executable, "-c", ask_as], capture_output=True, text=True, check=False
    )
    assert done.returncode != 0
    assert "Peer authentication failed" in done.stderr or "Permission denied" in done.stderr


def test_a_second_start_finds_the_first_and_leaves_it_running(server, home):
    second = EmbeddedServer(home)
    assert second.start() == server.socket
    second.stop()
    assert ask(server) == 1


def test_of_two_starters_at_once_one_starts_it(home):
    starters = [EmbeddedServer(home) for _ in range(2)]
    with ThreadPoolExecutor(2) as pool:
        sockets = list(pool.map(EmbeddedServer.start, starters))
    assert sockets[0] == sockets[1]
    assert sum(s.process is not None for s in starters) == 1
    [s.stop() for s in starters]


def test_comes_back_with_its_data_after_being_killed(home):
    first = EmbeddedServer(home)
    first.start()
    where = {"host": str(first.socket), "port": PORT, "user": ADMIN, "dbname": "postgres"}
    with psycopg.connect(**where) as link:
        link.execute("create table kept as select 7 as n")
    first.process.send_signal(signal.SIGKILL)
    first.process.wait()
    second = EmbeddedServer(home)
    second.start()
    assert ask(second, "select n from kept") == 7
    assert not first.socket.exists()
    second.stop()


def test_ends_when_the_process_that_started_it_is_killed(home):
    starter = (
        "import sys, time; from pathlib import Path; from mekhala.config.embedded import *;"
        f"s = EmbeddedServer(Path({str(home)!r})); s.start(); print(s.process.pid, flush=True);"
        "time.sleep(60)"
    )
    parent = subprocess.Popen([sys.executable, "-c", starter], stdout=subprocess.PIPE, text=True)
    pid = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    until = time.monotonic() + 10
    while Path(f"/proc/{pid}").exists() and time.monotonic() < until:
        time.sleep(0.05)
    assert not Path(f"/proc/{pid}").exists()


def test_data_of_another_version_is_refused_with_what_to_do(home):
    made = EmbeddedServer(home)
    made.data.mkdir(parents=True)
    (made.data / "PG_VERSION").write_text("9\n")
    with pytest.raises(binaries.NoPostgres, match=r"made by PostgreSQL 9.*PGBIN"):
        made.start()


def test_the_programs_of_the_wheel_serve_where_the_system_has_none(home, monkeypatch):
    (wheel, *_), programs = binaries._wheel(), binaries.find
    monkeypatch.setattr(binaries, "find", lambda wanted=None: (wheel, binaries.major_of(wheel)))
    server = EmbeddedServer(home)
    server.start()
    assert ask(server, "show server_version").startswith(str(binaries.major_of(wheel)))
    server.stop()
    assert programs is not binaries.find

"""``./run demo`` as the contract has it, called as a newcomer calls it."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from tests import homes
from tests.effort import crowding

ROOT = Path(__file__).resolve().parents[2]
STEPS = {
    "forms", "encounter", "screening", "determination", "registration", "referral", "aftercare",
    "justice", "review", "linkage", "surveys", "estimates", "claims", "publication",
}  # fmt: skip


def _environment(home, **more):
    kept = {
        k: v for k, v in os.environ.items() if not k.startswith(("MEKHALA", "DJANGO", "PYTEST"))
    }
    return kept | {"MEKHALA_HOME": str(home), "PYTHONPATH": str(ROOT / "src")} | more


def _two_first_starts(place):
    """Two first starts at once, prepared and not served: what each said, and its status."""
    home = place / "ខ្មែរ home"
    starts = [
        subprocess.Popen(
            [sys.executable, "-m", "mekhala.cli.demo"], env=_environment(home, SERVE="0"),
            cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )
        for _ in range(2)
    ]  # fmt: skip
    return [(one.communicate(timeout=900)[0], one.returncode) for one in starts]


@pytest.fixture
def both():
    """The home of two first starts, whose name has Khmer letters and a space; what each said."""
    with homes.once("demo", _two_first_starts) as (place, said):
        yield place / "ខ្មែរ home", said


@pytest.fixture
def home(both):
    """The home of a demo that is prepared and not served."""
    return both[0]


def demo(home, **more):
    command = [sys.executable, "-m", "mekhala.cli.demo"]
    return subprocess.run(
        command, env=_environment(home, **more), cwd=ROOT, check=False, capture_output=True,
        text=True, timeout=300,
    )  # fmt: skip


def test_two_first_starts_at_once_load_once(both):
    _home, said = both
    assert [status for _words, status in said] == [0, 0]
    assert sum("loading the invented country" in words for words, _status in said) == 1


def test_prepares_tells_and_stops_where_it_is_told_not_to_serve(home):
    summary = json.loads((home / "demo" / "summary.json").read_text())
    assert {"url", "logins", "device", "api_token"} | STEPS <= summary.keys()
    assert {"labour_inspector", "consul"} <= summary["logins"].keys()
    assert all("seconds" in summary[step] for step in STEPS)
    assert {"server_url", "username", "password"} == summary["device"].keys()
    review = summary["review"]
    assert (review["kept_apart"], review["third"]) == (5, 1)
    assert summary["encounter"]["cases"] == summary["screening"]["screened"]
    assert summary["registration"]["registered"] == summary["determination"]["recognised"]
    assert summary["justice"]["watched"] == min(1, summary["justice"]["charged"])
    truth = summary["estimates"]["truth"]
    for method in summary["estimates"]["methods"]:
        assert truth * 0.8 < method["estimate"] < truth * 1.2


def test_the_summary_and_the_secrets_are_closed_to_others(home):
    assert (home / "demo" / "summary.json").stat().st_mode & 0o077 == 0
    assert all(p.stat().st_mode & 0o077 == 0 for p in (home / "secrets").iterdir())


def test_a_second_start_serves_within_ten_seconds_with_the_same_log_ins(home):
    before = json.loads((home / "demo" / "summary.json").read_text())
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    began = time.monotonic()
    environment = _environment(home, PORT=str(port), MEKHALA_PUBLIC_PORT=str(port + 1))
    served = subprocess.Popen(
        [sys.executable, "-m", "mekhala.cli.demo"], env=environment, cwd=ROOT,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        assert _answers(f"http://localhost:{port}/healthz", until=began + 30) == 200
        seconds = time.monotonic() - began
        assert _answers(f"http://localhost:{port}/sign-in/", until=began + 40) == 200
        assert _answers(f"http://localhost:{port + 1}/figures/", until=began + 40) == 200
    finally:
        served.terminate()
        served.wait(20)
    after = json.loads((home / "demo" / "summary.json").read_text())
    assert after["logins"] == before["logins"]
    assert after["url"] == f"http://localhost:{port}"
    assert seconds < 10 * crowding(), seconds


def _answers(address, *, until):
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                return answer.status
        except OSError:
            time.sleep(0.1)
    return None


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["audit", "verify", "--json"], '"whole": true'),
        (["doctor", "--json"], '"Role at work"'),
    ],
)
def test_the_log_is_whole_and_the_doctor_content_after_the_demo(home, words, says):
    done = subprocess.run(
        [sys.executable, "-m", "mekhala.cli", *words], env=_environment(home), cwd=ROOT,
        check=False, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr + done.stdout
    assert says in done.stdout
    json.loads(done.stdout)


def test_the_country_is_not_poured_over_cases_that_are_there(home):
    done = subprocess.run(
        [sys.executable, "-m", "mekhala.cli", "sample", "--people", "10"], cwd=ROOT,
        env=_environment(home), check=False, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert "already holds cases" in done.stderr


@pytest.mark.parametrize(
    ("port", "said"),
    [("abc", "PORT: 'abc' is no port"), ("99999", "PORT: '99999'"), (None, "PORT: ")],
)
def test_a_port_that_cannot_be_had_is_one_line_before_anything_is_loaded(tmp_path, port, said):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = demo(home_of(tmp_path), PORT=port or str(taken.getsockname()[1]))
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert done.stderr.startswith(said)


@pytest.mark.parametrize("command", ["demo", "serve"])
@pytest.mark.parametrize(("word", "status"), [("--help", 0), ("nonsense", 2)])
def test_a_word_is_answered_before_anything_is_begun(tmp_path, command, word, status):
    done = subprocess.run(
        [sys.executable, "-m", f"mekhala.cli.{command}", word],
        env=_environment(home := tmp_path / "home"), cwd=ROOT, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == status
    assert f"usage: ./run {command}" in done.stdout + done.stderr
    assert not home.exists()


def home_of(tmp_path):
    """A home the account of the database may reach, with Khmer letters and a space in its name."""
    place = tmp_path / "ខ្មែរ home"
    for folder in (tmp_path, *tmp_path.parents[:2]):
        folder.chmod(0o711)
    return place

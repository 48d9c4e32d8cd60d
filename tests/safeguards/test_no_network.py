"""A serving process calls nobody but whom its settings name (R-55); tried with real connections.

The guard cannot be taken out of a process again, so each trial has a process of its own.
"""

import ast
import os
import socket
import subprocess
import sys
import textwrap
import threading
from pathlib import Path

import pytest

from mekhala.config import keyservice
from mekhala.safeguards.audit.heads import public_of, signed, signing_key
from mekhala.safeguards.audit.tree import Edge
from mekhala.safeguards.audit.witness_server import WitnessServer
from mekhala.safeguards.audit.witnesses import FileWitness
from tests.builders import NOW

ROOT = Path(__file__).resolve().parents[2]
TRIED = """
import socket, sys, urllib.request
from mekhala.safeguards.outbound import NotNamed
def tried(what):
    try:
        what()
    except NotNamed:
        return "refused"
    except OSError as error:
        why = getattr(error, "reason", None)
        return "refused" if isinstance(why, NotNamed) else "let through"
    return "let through"
"""


def in_a_process(words, **more):
    """Run a program that prints; return what it printed, line by line."""
    done = subprocess.run(
        [sys.executable, "-c", TRIED + textwrap.dedent(words)], check=False, capture_output=True,
        text=True, cwd=ROOT, timeout=60, env=os.environ | {"PYTHONPATH": str(ROOT / "src")} | more,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout.split("\n")[:-1]


@pytest.fixture
def listener():
    """A server of somebody's on this machine; it counts who calls."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        yield server


def port_of(server):
    return server.getsockname()[1]


def called(server):
    try:
        server.accept()[0].close()
    except TimeoutError:
        return False
    return True


ATTEMPTS = """
port = {port}
attempts = {{
    "connect": lambda: socket.create_connection(("127.0.0.1", port), timeout=2).close(),
    "connect_ex": lambda: socket.socket().connect_ex(("127.0.0.1", port)),
    "fetch": lambda: urllib.request.urlopen(f"http://127.0.0.1:{{port}}/", timeout=2),
    "datagram": lambda: socket.socket(type=socket.SOCK_DGRAM).sendto(b"x", ("127.0.0.1", port)),
    "look up": lambda: socket.getaddrinfo("attacker.example", 80),
    "look up the old way": lambda: socket.gethostbyname("data.attacker.example"),
    "another's socket": lambda: socket.socket(socket.AF_UNIX).connect("/var/run/docker.sock"),
    "six": lambda: socket.create_connection(("::1", port), timeout=2),
}}
for name, attempt in attempts.items():
    print(name, tried(attempt), sep=": ")
"""


def test_every_way_out_is_refused(listener):
    words = "from mekhala.safeguards.outbound import guard\nguard()\n"
    said = in_a_process(words + ATTEMPTS.format(port=port_of(listener)))
    assert len(said) == 8
    assert [line for line in said if not line.endswith(": refused")] == []
    assert not called(listener)


def test_without_the_guard_the_call_goes_through(listener):
    """The mutant."""
    threading.Thread(target=called, args=(listener,)).start()
    said = in_a_process(f"""
        print(tried(lambda: socket.create_connection(("127.0.0.1", {port_of(listener)})).close()))
    """)
    assert said == ["let through"]


@pytest.mark.parametrize("door", ["casework", "public"])
def test_each_door_is_shut_as_soon_as_its_application_is_there(door, listener):
    said = in_a_process(
        "import mekhala.config.wsgi\n" + ATTEMPTS.format(port=port_of(listener)),
        DJANGO_SETTINGS_MODULE=f"mekhala.config.settings.{door}",
    )
    assert [line for line in said if not line.endswith(": refused")] == []
    assert not called(listener)


@pytest.mark.parametrize(
    "start",
    [
        "sys.argv = ['manage', 'db_worker']\nimport django\ndjango.setup()\n",
        "import time\ntime.sleep = lambda _s: sys.exit\nfrom mekhala.jobs import by_the_clock\n"
        "by_the_clock.Clock.tick = lambda *_: (_ for _ in ()).throw(KeyboardInterrupt)\n"
        "try:\n    by_the_clock.main()\nexcept KeyboardInterrupt:\n    pass\n",
    ],
    ids=["worker", "clock"],
)
def test_worker_and_clock_are_shut_in_too(start, listener):
    said = in_a_process(
        start + ATTEMPTS.format(port=port_of(listener)),
        DJANGO_SETTINGS_MODULE="mekhala.config.settings.casework",
    )
    assert [line for line in said if not line.endswith(": refused")] == []


def test_a_witness_that_is_named_is_still_shown_the_head(tmp_path, listener):
    key = signing_key(tmp_path / "key.pem")
    kept = FileWitness(tmp_path / "kept.jsonl", key=public_of(key))
    with WitnessServer("127.0.0.1", 0, kept) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://localhost:{server.server_address[1]}"
        head = signed(key, size=0, root=Edge().root(), chain="0" * 64, last=0, at=NOW)
        said = in_a_process(f"""
            import django
            sys.argv = ["manage", "db_worker"]
            django.setup()
            from mekhala.safeguards.audit.witnesses import witness_at
            witness_at("{address}", key="{public_of(key)}").keep({head!r}, None)
            print(witness_at("{address}", key="").latest()["size"])
            other = "http://127.0.0.1:{port_of(listener)}"
            print(tried(lambda: urllib.request.urlopen(other, timeout=2)))
        """, MEKHALA_WITNESSES=address,
            DJANGO_SETTINGS_MODULE="mekhala.config.settings.casework")  # fmt: skip
        server.shutdown()
    assert said == ["0", "refused"]
    assert kept.latest()["size"] == 0
    assert not called(listener)


def test_the_key_service_is_still_asked(tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    service = keyservice.KeyServiceProcess(home)
    service.start()
    try:
        said = in_a_process("""
            import mekhala.config.wsgi
            from mekhala.safeguards.identity import datakeys
            print(datakeys.ask({"op": "status"})["version"])
        """, MEKHALA_HOME=str(home),
            DJANGO_SETTINGS_MODULE="mekhala.config.settings.casework")  # fmt: skip
    finally:
        service.stop()
    assert said == ["1"]


CALLERS = {
    "safeguards/audit/witnesses.py": "shows heads to witnesses that a setting names",
    "safeguards/audit/verifier.py": "reads heads back from witnesses; run by people, apart",
    "cli/serving.py": "asks its own /healthz on this machine",
    "safeguards/outbound.py": "is the guard",
    "safeguards/audit/witness_server.py": "answers, calls nobody",
    "safeguards/keys/client.py": "asks the key service on its socket",
    "safeguards/keys/protocol.py": "speaks over a socket it is given",
    "safeguards/keys/server.py": "answers on a Unix socket",
    "config/keyservice.py": "asks whose the key service's socket is",
}
NETWORK = {"urllib.request", "urllib3", "requests", "httpx", "aiohttp", "http.client",
           "http.server", "smtplib", "ftplib", "socket", "socketserver", "ssl",
           "asyncio", "xmlrpc", "paramiko",
           "telnetlib", "poplib", "imaplib", "nntplib", "webbrowser"}  # fmt: skip


def _imports(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_nothing_but_these_modules_can_fetch_an_address():
    """No address that a user gives is fetched, because no other module has the means to."""
    source = ROOT / "src" / "mekhala"
    found = {
        str(path.relative_to(source))
        for path in source.rglob("*.py")
        for name in _imports(ast.parse(path.read_text(encoding="utf-8")))
        if name in NETWORK or name.split(".")[0] in NETWORK
    }
    assert found == set(CALLERS)

"""The embedded PostgreSQL: ours alone, on a socket, never as root, gone when we are.

The data folder and the socket folder are 0700 and belong to the server's account. Who may
connect is decided by ``peer`` with a map that names only the account that runs the
application: no password to keep, and no other local user gets in.
"""

import contextlib
import ctypes
import fcntl
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from mekhala.config import binaries
from mekhala.config.roles import ADMIN, APP, BACKUP, OWNER, PUBLIC

PORT = "5432"
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "port": PORT,
    "dynamic_shared_memory_type": "mmap",
    "max_connections": "60",
    "shared_buffers": "128MB",
    "wal_recycle": "off",  # a used file of the log is deleted, not kept with what is in it
    "jit": "off",  # row security makes plans look dear: compiling them took longer than any query
}
_OURS = "mekhala-db"  # the account made where no postgres account exists
PATIENCE = 30.0  # seconds a start may take, crash recovery included


class EmbeddedServer:
    """One PostgreSQL in one folder. ``start`` finds it running or starts it; ``stop`` ends ours."""

    def __init__(self, home: Path, *, extra: dict[str, str] | None = None) -> None:
        """Use ``home``/postgres; ``extra`` are server settings added to ours."""
        self.top = _place_for(home)
        self.data = self.top / "data"
        self.settings = SETTINGS | (extra or {})
        self.process: subprocess.Popen[bytes] | None = None
        self.socket: Path | None = None
        self.user = _server_account()

    def start(self) -> Path:
        """Return the socket folder of the running server, starting it if need be."""
        self._make_top()
        with (self.top.parent / f".{self.top.name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # of two starters the second finds it running
            self.programs = self._reachable(binaries.find(self._made_by())[0])
            if not (self.data / "PG_VERSION").exists():
                self._initdb()
            running = self._answering()
            if running:
                self.socket = running
                return running
            self._launch()
        assert self.socket is not None
        return self.socket

    def stop(self) -> None:
        """Stop the server if this object started it; quick, but never without a checkpoint."""
        if self.process is None:
            return
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.send_signal(signal.SIGQUIT)
            self.process.wait(10)
        self.process = None
        if self.socket:
            shutil.rmtree(self.socket, ignore_errors=True)

    def _make_top(self) -> None:
        self.top.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self.user:
            os.chown(self.top, self.user.pw_uid, self.user.pw_gid)

    def _reachable(self, programs: Path) -> Path:
        """Return ``programs``, copied out first if the server's account could not run them."""
        if self.user is None or all(p.stat().st_mode & 0o001 for p in programs.parents):
            return programs
        copied = self.top / "programs"
        if not copied.exists():
            shutil.copytree(programs.parent, copied, symlinks=True)
        return copied / "bin"

    def _made_by(self) -> int | None:
        version = self.data / "PG_VERSION"
        return int(version.read_text()) if version.exists() else None

    def _initdb(self) -> None:
        """Make the data folder beside its place and move it there: half-made never looks made."""
        fresh = self.top / "data.new"
        shutil.rmtree(fresh, ignore_errors=True)
        command = [str(self.programs / "initdb"), "-D", str(fresh), "-U", ADMIN, "-A", "peer"]
        command += ["-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "--data-checksums"]
        done = subprocess.run(
            command, cwd="/", check=False, capture_output=True, text=True, env=_plain(),
            preexec_fn=self._drop(),
        )  # fmt: skip
        if done.returncode:
            raise binaries.NoPostgres(f"initdb failed: {done.stderr.strip().splitlines()[-1]}")
        (fresh / "pg_hba.conf").write_text("local all all peer map=mekhala\n")
        fresh.rename(self.data)

    def _say_who_may_connect(self) -> None:
        """Let this account take on each role; written at each start, for data made by an older us.

        Moved into its place: the server may read it at any moment.
        """
        me = pwd.getpwuid(os.geteuid()).pw_name
        lines = [f'mekhala "{me}" {role}\n' for role in (ADMIN, OWNER, APP, PUBLIC, BACKUP)]
        fresh = self.data / "pg_ident.conf.new"
        fresh.write_text("".join(lines))
        if self.user:
            os.chown(fresh, self.user.pw_uid, self.user.pw_gid)
        fresh.replace(self.data / "pg_ident.conf")

    def _answering(self) -> Path | None:
        """Return the socket folder of a server that already runs on our data and answers."""
        lines = self._pid_lines()
        if len(lines) < 8 or lines[7].strip() != "ready" or not _alive(int(lines[0])):
            return None
        folder = Path(lines[4].strip())
        return folder if (folder / f".s.PGSQL.{PORT}").exists() else None

    def _pid_lines(self) -> list[str]:
        try:
            return (self.data / "postmaster.pid").read_text().splitlines()
        except OSError:
            return []

    def _launch(self) -> None:
        self._sweep()
        self.socket = Path(tempfile.mkdtemp(prefix="mkh-", dir="/tmp"))
        if self.user:
            os.chown(self.socket, self.user.pw_uid, self.user.pw_gid)
        (self.top / "socket.name").write_text(str(self.socket))
        self._say_who_may_connect()
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            self.process = self._spawn()
            while self.process.poll() is None and time.monotonic() < until:
                if self._ready():
                    return
                time.sleep(0.02)
            time.sleep(0.3)  # after a kill -9 its children take a moment to leave
        self.stop()
        raise binaries.NoPostgres(f"the database did not start; see {self.top / 'server.log'}")

    def _sweep(self) -> None:
        """Remove the socket folder a crashed server of ours left behind."""
        with contextlib.suppress(OSError):
            left = Path((self.top / "socket.name").read_text())
            if left.name.startswith("mkh-") and left.parent == Path("/tmp"):  # noqa: S108
                shutil.rmtree(left, ignore_errors=True)

    def _spawn(self) -> subprocess.Popen[bytes]:
        options = self.settings | {"unix_socket_directories": str(self.socket)}
        words = [w for k, v in options.items() for w in ("-c", f"{k}={v}")]
        with (self.top / "server.log").open("ab") as log:
            return subprocess.Popen(
                [self.programs / "postgres", "-D", self.data, *words],
                cwd="/", stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=_plain(),
                start_new_session=True,
                preexec_fn=self._drop(parent_death=signal.SIGINT),  # noqa: PLW1509
            )  # fmt: skip

    def _ready(self) -> bool:
        lines = self._pid_lines()
        assert self.process is not None
        ours = bool(lines) and lines[0].strip() == str(self.process.pid)
        return ours and len(lines) > 7 and lines[7].strip() == "ready"

    def _drop(self, parent_death: int | None = None) -> Callable[[], None]:
        """Return what the child does before it runs: leave root, and die when we die."""
        user = self.user

        def become_the_server() -> None:
            if user:
                os.setgroups([])
                os.setgid(user.pw_gid)
                os.setuid(user.pw_uid)
            os.umask(0o077)
            if parent_death:  # PR_SET_PDEATHSIG, after setuid, which clears it
                ctypes.CDLL(None).prctl(1, parent_death)

        return become_the_server


def _server_account() -> pwd.struct_passwd | None:
    """Return the account the server runs as; None when we are an ordinary user ourselves."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", _OURS):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    subprocess.run(
        [
            "/usr/sbin/useradd",
            "--system",
            "--no-create-home",
            "--shell",
            "/bin/false",
            "mekhala-db",
        ],
        check=True,
    )
    return pwd.getpwnam(_OURS)


def _place_for(home: Path) -> Path:
    """Return where the data goes: ``home``/postgres, or a place the server's account can reach.

    As root the server runs as another account; below a folder closed to it (a 0700 clone) the
    data goes to a named place under /var/lib. The parents are never opened to others.
    """
    if os.geteuid() != 0 or all(p.stat().st_mode & 0o001 for p in [*home.parents]):
        if os.geteuid() == 0 and not home.stat().st_mode & 0o001:
            home.chmod(0o711)  # our own folder: passable, not readable
        return home / "postgres"
    import hashlib

    mark = hashlib.sha256(str(home).encode()).hexdigest()[:12]
    return Path(f"/var/lib/mekhala-{mark}") / "postgres"


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _plain() -> dict[str, str]:
    return {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}

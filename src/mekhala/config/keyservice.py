"""The key service of this installation: found running or started, and gone when we are.

Its folder is ``MEKHALA_HOME``/keys, 0700 and owned by the account it runs as: one of its own
(``mekhala-keys``) where we are root, else ours. Where it listens is written to
``MEKHALA_HOME``/keys.socket, the public key it was first met with to ``keys.public``. A service
that the machine runs by itself (deploy/) is named by ``MEKHALA_KEYS_SOCKET``.
"""

import contextlib
import fcntl
import os
import pwd
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from mekhala.safeguards.keys.client import ask, keep_public
from mekhala.safeguards.keys.errors import KeyServiceDown, Refused
from mekhala.safeguards.keys.lookups import CARRIED, LINKAGE_FILE

ACCOUNT = "mekhala-keys"
PEER = struct.Struct("3i")
PATIENCE = 15.0  # seconds a start may take
SERVER = "mekhala.safeguards.keys.server"
_SOURCE = Path(__file__).resolve().parents[2]


class KeyServiceProcess:
    """One key service in one home. ``start`` finds it running or starts it; ``stop`` ends ours."""

    def __init__(self, home: Path) -> None:
        """Use ``home``/keys, ``home``/keys.socket and ``home``/keys.public."""
        self.home, self.folder = home, home / "keys"
        self.named, self.public = home / "keys.socket", home / "keys.public"
        self.process: subprocess.Popen[bytes] | None = None
        self.socket: Path | None = None

    def start(self) -> None:
        """Have a service answer, starting it if need be; keep its public key.

        Leaves in one sentence (``SystemExit``) where it does not start.
        """
        with (self.home / ".keys.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # of two starters the second finds it running
            if not self._answering():
                self._launch()
            self._keep_public()

    def tend(self) -> None:
        """Start our service anew if it has ended by itself; nothing where it is not ours."""
        if self.process is not None and self.process.poll() is not None:
            self.start()

    def stop(self) -> None:
        """Stop the service if this object started it."""
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(5)
        self.process = None
        if self.socket:
            shutil.rmtree(self.socket.parent, ignore_errors=True)

    def _answering(self) -> bool:
        try:
            self.socket = Path(self.named.read_text())
            return bool(ask(self.socket, {"op": "status"}))
        except (OSError, KeyServiceDown, Refused):
            return False

    def _launch(self) -> None:
        self._sweep()
        account = service_account()
        self._make_folder(account)
        self.socket = Path(tempfile.mkdtemp(prefix="mkh-keys-", dir="/tmp")) / "socket"
        with (self.home / "keys.log").open("ab") as log:
            self.process = subprocess.Popen(
                self._command(account), cwd="/", stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                env=_surroundings(),
                start_new_session=True,
            )  # fmt: skip
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and self.process.poll() is None:
            with contextlib.suppress(KeyServiceDown):
                ask(self.socket, {"op": "status"})
                _write(self.named, str(self.socket))
                return
            time.sleep(0.02)
        self.stop()
        raise SystemExit(f"the key service did not start; see {self.home / 'keys.log'}")

    def _command(self, account: pwd.struct_passwd | None) -> list[str]:
        command = [
            sys.executable, "-P", "-m", SERVER, "--folder", str(self.folder),
            "--socket", str(self.socket), "--allow", str(os.geteuid()),
            "--with-parent", str(os.getpid()),
        ]  # fmt: skip
        return [*command, "--account", account.pw_name] if account else command

    def _make_folder(self, account: pwd.struct_passwd | None) -> None:
        self.folder.mkdir(mode=0o700, exist_ok=True)
        self._carry_linkage_key()
        if account:
            for path in (*self.folder.iterdir(), self.folder):
                os.chown(path, account.pw_uid, account.pw_gid)

    def _carry_linkage_key(self) -> None:
        """Hand the linkage key of an installation that held it itself to the service, once."""
        kept = self.home / "secrets" / "linkage"
        said = os.environ.get("MEKHALA_LINKAGE_KEY") or (kept.read_text() if kept.exists() else "")
        if said and not (self.folder / LINKAGE_FILE).exists():
            _write(self.folder / CARRIED, said)
        kept.unlink(missing_ok=True)

    def _sweep(self) -> None:
        """Remove the socket folder a service that was killed left behind."""
        with contextlib.suppress(OSError):
            left = Path(self.named.read_text()).parent
            if left.name.startswith("mkh-keys-") and left.parent == Path("/tmp"):  # noqa: S108
                shutil.rmtree(left, ignore_errors=True)

    def _keep_public(self) -> None:
        assert self.socket is not None
        keep_public(self.public, ask(self.socket, {"op": "status"}))


def _surroundings() -> dict[str, str]:
    """Return what the service knows of the environment: no secret, and where Python lies."""
    needed = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(_SOURCE), "LC_ALL": "C.UTF-8"}
    return needed | {k: v for k, v in os.environ.items() if k == "LD_LIBRARY_PATH"}


def service_account() -> pwd.struct_passwd | None:
    """Return the account the service runs as; None: ours, where none of its own can be had."""
    if os.geteuid() != 0:
        return None
    with contextlib.suppress(KeyError):
        return pwd.getpwnam(ACCOUNT)
    make = ["/usr/sbin/useradd", "--system", "--no-create-home", "--shell", "/bin/false", ACCOUNT]
    with contextlib.suppress(OSError, KeyError, subprocess.CalledProcessError):
        subprocess.run(make, check=True, capture_output=True)
        return pwd.getpwnam(ACCOUNT)
    return None


def account_of_the_service() -> tuple[str, bool]:
    """Return the account the answering service runs as, and whether it is another than ours."""
    from django.conf import settings

    with socket.socket(socket.AF_UNIX) as link:
        link.settimeout(2)
        link.connect(settings.KEYS_SOCKET or Path(settings.KEYS_NAMED).read_text())
        said = link.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, PEER.size)
    # the kernel says who listened; one that was started as root has become another since
    pid, _uid, _gid = PEER.unpack(said)
    uid = int(Path(f"/proc/{pid}/status").read_text().split("Uid:")[1].split()[0])
    return pwd.getpwuid(uid).pw_name, uid != os.geteuid()


def ready_the_keys(home: Path) -> KeyServiceProcess | None:
    """Have the key service answer; return it if it is ours to stop.

    One named by ``MEKHALA_KEYS_SOCKET`` is asked for its public key and never started here; while
    it is down names are sealed to the key it was met with before.
    """
    named = os.environ.get("MEKHALA_KEYS_SOCKET")
    if named:
        with contextlib.suppress(KeyServiceDown):
            keep_public(home / "keys.public", ask(named, {"op": "status"}))
        return None
    service = KeyServiceProcess(home)
    service.start()
    return service


def _write(place: Path, text: str) -> None:
    fresh = place.with_name(f"{place.name}.{os.getpid()}")
    fresh.touch(mode=0o600)
    fresh.write_text(text, encoding="ascii")
    fresh.replace(place)

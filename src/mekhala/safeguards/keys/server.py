"""The key service as a process: ``python -m mekhala.safeguards.keys.server``.

It listens on a Unix socket, answers only the accounts it was told (by ``SO_PEERCRED``), and
cannot be read by a debugger of the same account. Started as root with ``--account`` it binds
its socket, opens its folder and then becomes that account for good.
"""

import argparse
import contextlib
import ctypes
import os
import pwd
import signal
import socket
import socketserver
import struct
import sys
import tempfile
import time
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from mekhala.safeguards.keys import field_keys, protocol, wrapping
from mekhala.safeguards.keys.service import KeyService

PATIENCE = 10.0  # seconds a silent client is waited for
AT_ONCE = 32  # connections answered at the same time
_SET_PDEATHSIG, _SET_DUMPABLE = 1, 4  # prctl(2)
_PEER = struct.Struct("3i")
_SAMPLE = wrapping.Place("X", 1, 1)


class Listener(socketserver.ThreadingUnixStreamServer):
    """Takes connections of the allowed accounts and answers each in a thread of its own."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, place: str, mode: int, allowed: set[int]) -> None:
        """Listen at ``place``, readable as ``mode`` says, for the user ids ``allowed``."""
        self.allowed, self.mode = allowed, mode
        self.service: KeyService | None = None
        self.room = BoundedSemaphore(AT_ONCE)
        super().__init__(place, Talk)

    def server_bind(self) -> None:
        """Bind closed, then open as far as the mode says."""
        before = os.umask(0o177)
        try:
            super().server_bind()
        finally:
            os.umask(before)
        Path(str(self.server_address)).chmod(self.mode)

    def verify_request(self, request: Any, client_address: Any) -> bool:  # noqa: ARG002
        """Return whether the account at the other end may ask at all."""
        said = request.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _PEER.size)
        _pid, uid, _gid = _PEER.unpack(said)
        if uid not in self.allowed:
            print(f"refused: user id {uid} may not ask", file=sys.stderr, flush=True)
        return uid in self.allowed

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ARG002
        """Say only the kind of what went wrong: its words could hold a key."""
        kind = sys.exc_info()[0]
        print(f"a connection ended: {kind.__name__ if kind else ''}", file=sys.stderr, flush=True)


class Talk(socketserver.BaseRequestHandler):
    """One connection: requests and answers in turn until the client leaves."""

    server: Listener

    def handle(self) -> None:
        """Answer until the client has nothing more to ask."""
        self.request.settimeout(PATIENCE)
        assert self.server.service is not None
        with self.server.room, contextlib.suppress(OSError, protocol.Malformed):
            while (asked := protocol.receive(self.request)) is not None:
                protocol.send(self.request, self.server.service.answer(asked))


def main(words: list[str] | None = None) -> int:
    """Serve until told to stop."""
    args = _arguments().parse_args(words)
    prctl = ctypes.CDLL(None).prctl
    allowed = {_user_id(name) for name in args.allow.split(",")}
    Path(args.socket).unlink(missing_ok=True)
    listener = Listener(args.socket, int(args.mode, 8), allowed)
    folder = os.open(args.folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    if args.account:
        _load_everything()
        _become(pwd.getpwnam(args.account))
    prctl(_SET_DUMPABLE, 0)
    if args.with_parent:
        prctl(_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != args.with_parent:
            return 0
    os.umask(0o077)  # from here on nothing more is imported: our files may be closed to the account
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        listener.service = KeyService(folder, time.time)
    except (ValueError, KeyError, TypeError, OSError) as error:
        print(f"key service: {args.folder}: {error}", file=sys.stderr, flush=True)
        return 2
    listener.serve_forever()
    return 0


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="mekhala key service", description=__doc__)
    parser.add_argument("--folder", required=True, help="where keys and record lie, mode 0700")
    parser.add_argument("--socket", required=True, help="where to listen")
    parser.add_argument("--allow", required=True, help="accounts that may ask, with commas")
    parser.add_argument("--mode", default="600", help="mode of the socket (600)")
    parser.add_argument("--account", help="the account to become, when started as root")
    parser.add_argument("--with-parent", type=int, help="end when this process ends")
    return parser


def _user_id(name: str) -> int:
    return int(name) if name.isdigit() else pwd.getpwnam(name).pw_uid


def _load_everything() -> None:
    """Ask a service of throw-away keys everything once.

    After the change of account nothing can be imported where our files are closed to it, and
    libraries import some of theirs at the first call.
    """
    key = os.urandom(32)
    item = {
        "subject": "X",
        "number": 1,
        "key": protocol.packed(key),
        "form": "wrapped",
        "version": 1,
    }
    asked = {"subject": "X", "actor": "X", "purpose": "X", "items": [item]}
    with tempfile.TemporaryDirectory() as place:
        folder = os.open(place, os.O_RDONLY | os.O_DIRECTORY)
        service = KeyService(folder, time.time)
        item["wrapped"] = service.answer(asked | {"op": "wrap"})["wrapped"][0]
        for op in ("unwrap", "rewrap", "rotate", "shred", "unwrap", "erased", "status"):
            service.answer(asked | {"op": op})
        service.answer(asked | {"op": "index", "items": [{"field": "X", "value": "X"}]})
        service.answer(asked | {"op": "link", "items": ["X"]})
        service.answer(asked | {"op": "blind", "items": [["X"]]})
        service.answer(asked | {"op": "compare", "items": [{"subject": "X", "items": [item]}]})
        os.close(folder)
    here, there = socket.socketpair()
    with here, there:
        protocol.send(here, asked)
        protocol.receive(there)
    wrapping.unbox(wrapping.box(os.urandom(32), service.keyring.current.public, _SAMPLE),
                   service.keyring.current.private, _SAMPLE)  # fmt: skip
    field = service.field
    field.open(field_keys.seal(key, field.public, "X", field.newest), "X", field.newest)


def _become(account: pwd.struct_passwd) -> None:
    os.setgroups([])
    os.setgid(account.pw_gid)
    os.setuid(account.pw_uid)


if __name__ == "__main__":
    sys.exit(main())

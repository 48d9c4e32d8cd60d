"""A network between phone and server that breaks where it is told to, once."""

import contextlib
import socket
import struct
import threading
import time
from typing import NamedTuple

STALL = 1.0  # seconds in which nothing moves; the phone has given up before
KINDS = ("cut", "reset", "stall", "half-open", "trickle")
TRICKLED = 300  # bytes one by one
_AT_ONCE = struct.pack("ii", 1, 0)  # linger none: the other side is told by a reset


class Fault(NamedTuple):
    """What happens, on which way, after how many bytes."""

    kind: str
    is_up: bool  # from the phone to the server
    after: int


class Proxy:
    """Passes one connection after another on to ``port``; breaks the next one as ``fault`` says."""

    def __init__(self, port: int) -> None:
        """Listen on a free port of its own."""
        self.upstream, self.fault = port, None
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.listening.getsockname()[1]
        self.fault: Fault | None = None
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        """Listen no more."""
        self.listening.close()

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                phone, _from = self.listening.accept()
                fault, self.fault = self.fault, None
                threading.Thread(target=_pass_on, args=(phone, self.upstream, fault)).start()


def _pass_on(phone: socket.socket, port: int, fault: Fault | None) -> None:
    try:
        server = socket.create_connection(("127.0.0.1", port))
    except OSError:
        phone.close()
        return
    for one in (phone, server):
        one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    up = fault if fault and fault.is_up else None
    down = fault if fault and not fault.is_up else None
    back = threading.Thread(target=_pump, args=(server, phone, server, phone, down))
    back.start()
    _pump(phone, server, server, phone, up)
    back.join()
    for one in (phone, server):
        one.close()


def _pump(
    source: socket.socket, target: socket.socket, server: socket.socket, phone: socket.socket,
    fault: Fault | None,
) -> None:  # fmt: skip
    passed = 0
    with contextlib.suppress(OSError):
        while part := source.recv(4096):
            if fault and fault.kind != "trickle" and passed + len(part) >= fault.after:
                target.sendall(part[: fault.after - passed])
                _break(fault.kind, server, phone)
                return
            if fault and fault.kind == "trickle" and passed + len(part) >= fault.after:
                _one_by_one(target, part)
                fault = None
            else:
                target.sendall(part)
            passed += len(part)
        target.shutdown(socket.SHUT_WR)


def _one_by_one(target: socket.socket, part: bytes) -> None:
    for place in range(min(TRICKLED, len(part))):
        target.sendall(part[place : place + 1])
    target.sendall(part[TRICKLED:])


def _break(kind: str, server: socket.socket, phone: socket.socket) -> None:
    if kind in ("stall", "half-open"):
        if kind == "half-open":
            _end(phone)  # the phone is gone; the server is not told
        time.sleep(STALL)
    for one in (server, phone):
        if kind == "reset":
            with contextlib.suppress(OSError):
                one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _AT_ONCE)
        _end(one)


def _end(one: socket.socket) -> None:
    with contextlib.suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
    one.close()

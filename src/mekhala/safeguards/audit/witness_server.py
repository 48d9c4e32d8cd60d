"""A small witness: the standard library's server around a file of heads.

``GET /latest`` answers the newest head (null if there is none), ``GET /heads`` all of them, one a
line; ``POST /heads`` takes {"head": …, "proof": […]} and keeps it if it goes on from the newest:
201, or 428 where the proof is wanted, or 409 with the reason.
"""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from mekhala.safeguards.audit.witnesses import FileWitness, NotKept, ProofNeeded

LARGEST = 64 * 1024  # bytes of a request: a head and the longest proof are under 10 kB


class WitnessServer(ThreadingHTTPServer):
    """Answers for one file of heads, one writer at a time."""

    daemon_threads = True

    def __init__(self, host: str, port: int, kept: FileWitness) -> None:
        """Listen on ``host``:``port``; port 0 takes a free one."""
        self.kept, self.lock = kept, threading.Lock()
        kept.name = "this witness"
        super().__init__((host, port), _Handler)


class _Handler(BaseHTTPRequestHandler):
    server: WitnessServer
    timeout = 10
    server_version, sys_version = "mekhala-witness", ""

    def do_GET(self) -> None:
        if self.path == "/heads":
            self._send(200, self.server.kept.heads())
            return
        if self.path != "/latest":
            self._answer(404, {"why": "there is /latest and /heads"})
            return
        try:
            self._answer(200, self.server.kept.latest())
        except NotKept as cut:
            self._answer(500, {"why": str(cut)})

    def do_POST(self) -> None:
        if self.path != "/heads":
            self._answer(404, {"why": "heads are posted to /heads"})
            return
        said = self._said()
        if said is None:
            self._answer(400, {"why": 'expected {"head": …, "proof": […]} in JSON'})
            return
        code, why = self._kept(said["head"], said.get("proof"))
        self._answer(code, {"why": why} if why else said["head"])

    def _said(self) -> dict[str, Any] | None:
        length = self.headers.get("Content-Length", "")
        if not (length.isascii() and length.isdigit() and int(length) <= LARGEST):
            return None
        try:
            said = json.loads(self.rfile.read(int(length)))
        except (ValueError, RecursionError):
            return None
        fits = isinstance(said, dict) and isinstance(said.get("head"), dict)
        return said if fits and isinstance(said.get("proof", []), list) else None

    def _kept(self, head: dict[str, Any], proof: list[str] | None) -> tuple[int, str]:
        try:
            with self.server.lock:
                self.server.kept.keep(head, proof)
        except ProofNeeded as asked:
            return 428, str(asked)
        except NotKept as refused:
            return 409, str(refused)
        return 201, ""

    def _answer(self, code: int, said: object) -> None:
        self._send(code, json.dumps(said).encode())

    def _send(self, code: int, body: bytes) -> None:
        self.send_response(code)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_said: Any) -> None:
        """Say nothing: who shows heads is known, and nothing of a head is secret."""

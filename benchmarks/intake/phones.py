"""The application as it is served, a form, and phones that send it filled: a proof's own."""

import base64
import http.client
import io
import itertools
import random
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from benchmarks.kills import APPLICATION, Site
from benchmarks.scratch import CASEWORK, scratch

FORM, VERSION, BOUNDARY, AT = "intake", "1", "an-invented-boundary", "/f/submission?deviceID=x"
OFFICERS = 60  # of five phones each: no phone sends as often as would make it wait


def officers_for(forms: int) -> int:
    """Return how many officers' phones send so many forms without being made to wait."""
    return min(OFFICERS, 8 + forms // 50)


class Served(NamedTuple):
    """Where it is served, and what each phone says of itself."""

    port: int
    keys: list[str]
    processes: dict[str, int]  # the roots of what works, by what it is


@contextmanager
def served(
    application: str = APPLICATION, *, questions: int = 20, officers: int = OFFICERS, **server: str
) -> Iterator[Served]:
    """Serve ``application`` on a database of its own, with a form and phones of one agency."""
    from mekhala.config.embedded import EmbeddedServer

    with scratch(settings=CASEWORK, **server) as started:
        keys = _phones(questions, officers)
        database = next(s for s in started.started if isinstance(s, EmbeddedServer))
        site = Site(database, application)
        site.open()
        try:
            _wait(int(site.port), keys[0])
            yield Served(int(site.port), keys, _processes(site, started.started))
        finally:
            site.close()


def _processes(site: Site, started: list[Any]) -> dict[str, int]:
    assert site.web is not None
    found = {"web": site.web.pid}
    for one in started:
        name = "database" if type(one).__name__ == "EmbeddedServer" else "keys"
        if getattr(one, "process", None) is not None:
            found[name] = one.process.pid
    return found


def _phones(questions: int, officers: int) -> list[str]:
    from django.db import connection
    from django.utils import timezone

    from mekhala.forms import services
    from mekhala.safeguards.access import devices
    from mekhala.safeguards.access.acting import acting_for
    from mekhala.safeguards.access.purposes import Role
    from tests.builders import agency, officer

    now, home, keys = timezone.now(), agency(), []
    author = officer(Role.ADMINISTRATOR)
    with acting_for(author.pk):
        services.add_version(survey(questions), "intake.md", by=author, at=now)
    for _ in range(officers):
        who = officer(at=home)
        with acting_for(who.pk):
            for _phone in range(devices.MOST):
                device, password = devices.issue(who, "x", at=now)
                pair = f"{device.username}:{password}".encode()
                keys.append(f"Basic {base64.b64encode(pair).decode()}")
    connection.close()
    connection.close_pool()
    return keys


def survey(questions: int) -> bytes:
    """Return an invented form of so many questions, half of them choices."""
    kinds = itertools.cycle(["text", "select_one answer"])
    asked = "".join(
        f"| | {kind} | q{n} | Question {n} |\n"
        for n, kind in zip(range(questions), kinds, strict=False)
    )
    return (
        f"| survey |\n| | type | name | label |\n{asked}"
        "| choices |\n| | list_name | name | label |\n"
        "| | answer | yes | Yes |\n| | answer | no | No |\n"
        "| settings |\n| | form_id | form_title | version |\n"
        f"| | {FORM} | Intake | {VERSION} |\n"
    ).encode()


def filled(instance: str, *, questions: int = 20, said: str = "an invented answer") -> bytes:
    """Return the form, filled."""
    answers = "".join(f"<q{n}>{'yes' if n % 2 else f'{said} {n}'}</q{n}>" for n in range(questions))
    return (
        f'<data id="{FORM}" version="{VERSION}" xmlns:orx="http://openrosa.org/xforms">{answers}'
        f"<orx:meta><orx:instanceID>{instance}</orx:instanceID></orx:meta></data>"
    ).encode()


def picture(chance: random.Random) -> bytes:
    """Return an invented picture of some two kilobytes."""
    from PIL import Image

    out = io.BytesIO()
    dots = bytes(chance.randrange(256) for _ in range(24 * 24 * 3))
    Image.frombytes("RGB", (24, 24), dots).save(out, "PNG")
    return out.getvalue()


def multipart(xml: bytes, files: dict[str, bytes] | None = None) -> bytes:
    """Return the body in which a phone sends a filled form and its files."""
    parts = [("xml_submission_file", "submission.xml", "text/xml", xml)]
    parts += [(name, name, "image/png", content) for name, content in (files or {}).items()]
    body = b""
    for name, file_name, kind, content in parts:
        body += (
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"; '
            f'filename="{file_name}"\r\nContent-Type: {kind}\r\n\r\n'
        ).encode()
        body += content + b"\r\n"
    return body + f"--{BOUNDARY}--\r\n".encode()


def headers(key: str) -> dict[str, str]:
    """Return what a phone says of itself with each sending."""
    return {
        "Authorization": key,
        "X-OpenRosa-Version": "1.0",
        "Content-Type": f"multipart/form-data; boundary={BOUNDARY}",
    }


def send(link: http.client.HTTPConnection, key: str, body: bytes) -> int:
    """Send one filled form; return the status of the answer."""
    link.request("POST", AT, body, headers(key))
    answer = link.getresponse()
    answer.read()
    return answer.status


def _wait(port: int, key: str) -> None:
    import time

    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            link = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            link.request("HEAD", AT, headers=headers(key))
            if link.getresponse().status == 204:
                return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("intake: the application does not answer")


def kept() -> dict[str, Any]:
    """Return what stands: rows by instance and state, with their files; entries by act."""
    from benchmarks.scratch import admin

    with admin() as link:
        rows = link.execute(
            "select s.instance_id, s.state, s.sha256,"
            " (select count(*) from questionnaires_attachment a where a.submission_id = s.id)"
            " from questionnaires_submission s"
        ).fetchall()
        entries = link.execute(
            "select subject, act, details ->> 'state' from audit_entry where act in"
            " ('forms.submission_received', 'forms.attachments_received')"
        ).fetchall()
    return {"rows": rows, "entries": entries}

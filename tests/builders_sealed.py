"""Browsers that were enrolled, and what they seal."""

import base64
import secrets

from django.test import Client

from mekhala.forms.services.sealed import sealed_as_a_browser_does
from mekhala.safeguards.access import devices
from mekhala.safeguards.keys.asking import ask
from mekhala.safeguards.keys.protocol import unpacked
from tests.builders import NOW
from tests.builders_forms import filled


def browser(owner, *, label="a browser"):
    """Return a client that signs in as an enrolled browser of ``owner``; run it as the owner."""
    _device, code = devices.invite(owner, label, at=NOW)
    device, password = devices.enrol(code, at=NOW)
    key = base64.b64encode(f"{device.username}:{password}".encode()).decode()
    return Client(enforce_csrf_checks=True, headers={"Authorization": f"Basic {key}"})


def sealed(xml=None, files=(), *, envelope=None, version=None):
    """Return the number, version and body of an envelope as a browser makes it."""
    key = ask({"op": "status"})["field"]
    envelope = envelope or secrets.token_hex(16)
    version = version or key["version"]
    body = sealed_as_a_browser_does(
        filled() if xml is None else xml, list(files), envelope=envelope, version=version,
        public=unpacked(key["public"]),
    )  # fmt: skip
    return envelope, version, body


def post(client, envelope, version, body):
    """Send an envelope as the app does."""
    return client.post(
        "/f/sealed", body, content_type="application/octet-stream",
        headers={"Envelope": envelope, "Envelope-Key": str(version)},
    )  # fmt: skip

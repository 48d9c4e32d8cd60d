"""A passkey in software: what a device would answer, so that no browser is needed."""

import html
import json
import re
import secrets
from hashlib import sha256

from allauth.account.utils import user_pk_to_url_str
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

PRESENT, VERIFIED, HOLDS_KEY = 0x01, 0x04, 0x40


class Passkey:
    """One credential; ``verifies`` says whether the device makes sure of who uses it."""

    def __init__(self, *, verifies=True, host="testserver"):
        """Make a key that answers ``host``."""
        self.key, self.id = ec.generate_private_key(ec.SECP256R1()), secrets.token_bytes(16)
        self.flags, self.host = PRESENT | (VERIFIED if verifies else 0), host

    def made(self, options):
        """Answer the options of a page that adds a passkey."""
        cose = ES256.from_cryptography_key(self.key.public_key())
        held = AttestedCredentialData.create(Aaguid.NONE, self.id, cose)
        data = AuthenticatorData.create(self._rp(), self.flags | HOLDS_KEY, 0, held)
        attested = AttestationObject.create("none", data, {})
        return self._answer(options, "webauthn.create", {
            "attestationObject": websafe_encode(attested),
        }) | {"clientExtensionResults": {"credProps": {"rk": True}}}  # fmt: skip

    def shown(self, options, who):
        """Answer the options of a page that asks ``who`` is there."""
        data = AuthenticatorData.create(self._rp(), self.flags, 0)
        said = self._said(options, "webauthn.get")
        signed = self.key.sign(bytes(data) + sha256(said).digest(), ec.ECDSA(SHA256()))
        return self._answer(options, "webauthn.get", {
            "authenticatorData": websafe_encode(data), "signature": websafe_encode(signed),
            "userHandle": websafe_encode(user_pk_to_url_str(who).encode()),
        })  # fmt: skip

    def _rp(self):
        return sha256(self.host.encode()).digest()

    def _said(self, options, kind):
        challenge = options["publicKey"]["challenge"]
        return CollectedClientData.create(
            type=kind, challenge=challenge, origin=f"http://{self.host}"
        )

    def _answer(self, options, kind, response):
        name = websafe_encode(self.id)
        said = {"clientDataJSON": websafe_encode(self._said(options, kind))}
        return {"id": name, "rawId": name, "type": "public-key", "response": response | said,
                "clientExtensionResults": {}}  # fmt: skip


def options_of(page):
    """Return what a page asks the device: the JSON it carries for the script."""
    found = re.search(rb'<script id="js_data" type="application/json">(.*?)</script>', page.content)
    told = json.loads(html.unescape(found[1].decode()))
    return told.get("creation_options") or told["request_options"]


def add(client, passkey, **more):
    """Add a passkey on the page for it; return the answer."""
    page = client.get("/account/second-factor/webauthn/add/", **more)
    told = {"name": "Invented key", "passwordless": "on",
            "credential": json.dumps(passkey.made(options_of(page)))}  # fmt: skip
    return client.post("/account/second-factor/webauthn/add/", told, **more)


def sign_in_alone(client, passkey, who, **more):
    """Sign in with the passkey alone; return the answer."""
    asked = client.get("/account/second-factor/webauthn/login/", headers={
        "Accept": "application/json"}, **more).json()["request_options"]  # fmt: skip
    told = {"credential": json.dumps(passkey.shown(asked, who))}
    return client.post("/account/second-factor/webauthn/login/", told, **more)


def show(client, passkey, who, address="/account/second-factor/authenticate/", **more):
    """Answer a page that asks for the passkey; return the answer."""
    page = client.get(address, **more)
    told = {"credential": json.dumps(passkey.shown(options_of(page), who))}
    return client.post(address, told, **more)


def give(who, passkey=None):
    """Give ``who`` a passkey as though it had been added; return it."""
    from allauth.mfa.webauthn.internal.auth import WebAuthn

    passkey = passkey or Passkey()
    options = {"publicKey": {"challenge": websafe_encode(secrets.token_bytes(32))}}
    WebAuthn.add(who, "Invented key", passkey.made(options))
    return passkey

"""The log-ins of the demo: passwords made at the first start, and one-time codes for everybody.

A newcomer may have no passkey at hand; where everybody is invented, codes do for every role.
"""

import secrets
from typing import Any

from django.conf import settings
from django.utils import timezone

from mekhala.config import roles
from mekhala.safeguards.access import devices, services
from mekhala.safeguards.access.acting import acting_for
from mekhala.safeguards.access.models import Officer

ROLES = {
    "first_responder": "fr-01-01",
    "authority": "ca-01-01",
    "second_reader": "ca-02-01",
    "third_reader": "ca-01-02",
    "fourth_reader": "ca-02-02",
    "registrar": "sa-12-01",
    "provider": "sh-01-01",
    "counterpart": "em-01-01",
    "consul": "em-03-01",
    "labour_inspector": "li-01-03",
    "justice": "pr-01-01",
    "court": "co-01-01",
    "trial_monitor": "ob-01-01",
    "statistician": "st-01-01",
    "administrator": "st-01-05",
    "second_administrator": "ca-01-09",
}


def make_accounts() -> dict[str, Any]:
    """Give one officer of each role a password; return log-ins, a device and an API token."""
    logins = _logins()
    responder = Officer.objects.select_related("agency").get(username=ROLES["first_responder"])
    registrar = Officer.objects.select_related("agency").get(username=ROLES["registrar"])
    now = timezone.now()
    with acting_for(responder.pk):
        device, password = devices.issue(responder, "Demo phone", at=now)
    with acting_for(registrar.pk):
        token = services.new_token(registrar, "Demo", at=now)
    return {
        "logins": logins,
        "device": {
            "server_url": settings.FIELD_URL,
            "username": device.username,
            "password": password,
        },
        "api_token": token,
    }


def _logins() -> dict[str, dict[str, str]]:
    """Set the passwords as the owner of the tables: the application lets only officers do it."""
    roles.become(roles.OWNER)
    try:
        return {role: _login(username) for role, username in ROLES.items()}
    finally:
        roles.become(roles.APP)


def _login(username: str) -> dict[str, str]:
    officer = Officer.objects.get(username=username)
    password = secrets.token_urlsafe(12)
    officer.set_password(password)
    officer.save(update_fields=["password"])
    login = {"username": username, "password": password, "role": officer.role}
    return login | _second_factor(officer)


def _second_factor(officer: Officer) -> dict[str, str]:
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    secret = generate_totp_secret()
    TOTP.activate(officer, secret)
    return {"totp_secret": secret}

"""Giving an officer an account, a new password, and closing the account again."""

import secrets
from datetime import datetime

from django.db import IntegrityError, transaction

from mekhala.safeguards.access import policies
from mekhala.safeguards.access.models import ApiToken, Device, Officer
from mekhala.safeguards.agencies.models import Agency
from mekhala.safeguards.audit import services as audit


@transaction.atomic
def add_officer(
    *, username: str, shown_as: str, agency: Agency, role: str, by: Officer, at: datetime
) -> tuple[Officer, str]:
    """Return a new officer and the first password, which is shown this once."""
    policies.check_may_administer(by)
    policies.check_role_fits(role, agency.kind)
    password = secrets.token_urlsafe(12)
    officer = Officer(username=username, shown_as=shown_as, agency=agency, role=role)
    officer.set_password(password)
    try:
        with transaction.atomic():
            officer.save()
    except IntegrityError as error:
        raise policies.NameTaken from error
    audit.record("access.officer_added", subject=username, by=by, at=at, role=role)
    return officer, password


@transaction.atomic
def give_new_password(officer: Officer, *, by: Officer, at: datetime) -> str:
    """Return a new password for somebody locked out; the old one and every session end."""
    policies.check_may_administer(by, officer)
    password = secrets.token_urlsafe(12)
    officer.set_password(password)  # the session's hash changes with it
    officer.save(update_fields=["password"])
    audit.record("access.password_given", subject=officer.username, by=by, at=at)
    return password


@transaction.atomic
def close_account(officer: Officer, *, by: Officer, at: datetime) -> None:
    """Close an account: nothing is open to it from the next request on."""
    policies.check_may_administer(by, officer)
    officer.is_active = False
    officer.save(update_fields=["is_active"])
    ApiToken.objects.filter(officer=officer, revoked_at=None).update(revoked_at=at)
    Device.objects.filter(officer=officer, revoked_at=None).update(revoked_at=at)
    audit.record("access.account_closed", subject=officer.username, by=by, at=at)


@transaction.atomic
def open_account(officer: Officer, *, by: Officer, at: datetime) -> None:
    """Open a closed account again; tokens and devices stay revoked."""
    policies.check_may_administer(by, officer)
    officer.is_active = True
    officer.save(update_fields=["is_active"])
    audit.record("access.account_opened", subject=officer.username, by=by, at=at)

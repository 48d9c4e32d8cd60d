"""Giving an officer an account, another role or agency, and closing the account again.

All but closing is done under two signatures: who asks for them and who signs is the business of
``admission``, and the database lets nothing of it happen without. Nobody else ever has a password
of an officer: an account begins and goes on with an unusable one until its officer sets one.
"""

from datetime import datetime

from django.db import IntegrityError, transaction

from mekhala.safeguards.access import policies
from mekhala.safeguards.access.models import ApiToken, Device, Officer
from mekhala.safeguards.agencies.models import Agency
from mekhala.safeguards.audit import services as audit


@transaction.atomic
def add_officer(
    *, username: str, shown_as: str, agency: Agency, role: str, by: Officer, at: datetime
) -> Officer:
    """Return a new officer, who cannot sign in yet."""
    policies.check_may_administer(by)
    policies.check_role_fits(role, agency.kind)
    officer = Officer(username=username, shown_as=shown_as, agency=agency, role=role)
    officer.set_unusable_password()
    try:
        with transaction.atomic():
            officer.save()
    except IntegrityError as error:
        raise policies.NameTaken from error
    audit.record("access.officer_added", subject=username, by=by, at=at, role=role)
    return officer


@transaction.atomic
def move_officer(officer: Officer, *, agency: Agency, role: str, by: Officer, at: datetime) -> None:
    """Give an officer another role or agency; keys end, and the database ends the grants."""
    policies.check_may_administer(by, officer)
    policies.check_role_fits(role, agency.kind)
    officer.agency, officer.role = agency, role
    officer.save(update_fields=["agency", "role"])
    _end_keys(officer, at)
    audit.record("access.officer_moved", subject=officer.username, by=by, at=at, role=role,
                 agency=agency.code)  # fmt: skip


@transaction.atomic
def lock_out(officer: Officer, *, by: Officer, at: datetime) -> None:
    """End everything an officer signs in with: password, sessions, second factors, keys."""
    from allauth.mfa.models import Authenticator

    policies.check_may_administer(by, officer)
    officer.set_unusable_password()  # the session's hash changes with it
    officer.save(update_fields=["password"])
    Authenticator.objects.filter(user=officer).delete()
    _end_keys(officer, at)
    audit.record("access.locked_out", subject=officer.username, by=by, at=at)


@transaction.atomic
def close_account(officer: Officer, *, by: Officer, at: datetime) -> None:
    """Close an account: nothing is open to it from the next request on."""
    policies.check_may_administer(by, officer)
    officer.is_active = False
    officer.save(update_fields=["is_active"])
    _end_keys(officer, at)
    audit.record("access.account_closed", subject=officer.username, by=by, at=at)


@transaction.atomic
def open_account(officer: Officer, *, by: Officer, at: datetime) -> None:
    """Open a closed account again; tokens and devices stay revoked."""
    policies.check_may_administer(by, officer)
    officer.is_active = True
    officer.save(update_fields=["is_active"])
    audit.record("access.account_opened", subject=officer.username, by=by, at=at)


@transaction.atomic
def end_token(token: ApiToken, *, by: Officer, at: datetime) -> None:
    """End a program's key: one's own, or as an administrator."""
    policies.check_may_end_keys(by, token.officer)
    token.revoked_at = token.revoked_at or at
    token.save(update_fields=["revoked_at"])
    audit.record("access.token_ended", subject=token.officer.username, by=by, at=at,
                 token=token.pk)  # fmt: skip


@transaction.atomic
def end_device(device: Device, *, by: Officer, at: datetime) -> None:
    """End a device: one's own, or as an administrator."""
    policies.check_may_end_keys(by, device.officer)
    device.revoked_at = device.revoked_at or at
    device.save(update_fields=["revoked_at"])
    audit.record("access.device_ended", subject=device.officer.username, by=by, at=at,
                 device=device.pk)  # fmt: skip


def _end_keys(officer: Officer, at: datetime) -> None:
    ApiToken.objects.filter(officer=officer, revoked_at=None).update(revoked_at=at)
    Device.objects.filter(officer=officer, revoked_at=None).update(revoked_at=at)

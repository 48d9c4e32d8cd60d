"""Two administrators of two agencies, and acts under both their signatures."""

from django.utils import timezone

from mekhala.safeguards.access.acting import become
from mekhala.safeguards.access.purposes import Role
from mekhala.safeguards.agencies.models import AgencyKind
from mekhala.safeguards.four_eyes import services
from tests.builders import agency, officer

ONE_DEVICE, TWO_DEVICE = "a" * 64, "b" * 64
WHY = "Needed at the border post."


def administrator(kind=AgencyKind.NATIONAL_COMMITTEE, **more):
    """Return an invented administrator at an agency of this kind."""
    return officer(Role.ADMINISTRATOR, at=agency(kind), **more)


def two_administrators():
    """Return administrators of two agencies."""
    return administrator(), administrator(AgencyKind.COMPETENT_AUTHORITY)


def asked(by, kind="account.reopen", *, subject, because=WHY, **details):
    """Ask as an officer, now, on the first device."""
    become(by.pk)
    return services.ask(kind, subject=subject, because=because, by=by, at=timezone.now(),
                        device=ONE_DEVICE, **details)  # fmt: skip


def agreed(signature, by, *, device=TWO_DEVICE):
    """Agree as an officer, now, on the second device."""
    become(by.pk)
    return services.agree(signature, by=by, at=timezone.now(), device=device)


def signed(one, two, kind, *, subject, **details):
    """Ask as one officer and agree as the other."""
    return agreed(asked(one, kind, subject=subject, **details), two)

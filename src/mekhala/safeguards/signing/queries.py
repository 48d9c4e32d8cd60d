"""Questions about sign-ins."""

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet

from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.signing.models import Ended, InventedCountry, SignIn
from mekhala.safeguards.signing.sealed_sessions import digest_of

_remembered: dict[str, bool] = {}  # by database: whether everybody in it is invented


def is_invented(*, look_again: bool = False) -> bool:
    """Return whether everybody in this database is invented, by the mark its loader left.

    An installation that is reached by https never is, whatever its database says. A process
    remembers the answer; ``look_again`` (as people sign in) finds a country loaded meanwhile.
    """
    if settings.SECURE:
        return False
    name = str(connection.settings_dict["NAME"])
    if name not in _remembered or (look_again and not _remembered[name]):
        _remembered[name] = InventedCountry.objects.exists()
    return _remembered[name]


def forget_whether_invented() -> None:
    """Forget what this process remembers, as after a database was made anew."""
    _remembered.clear()


def sign_ins_of(officer: Officer) -> QuerySet[SignIn]:
    """Return the officer's own sign-ins, the newest first."""
    return SignIn.objects.filter(officer=officer)


def why_ended(key: str) -> Ended | None:
    """Return why the session of this cookie ended, None if it never was one of ours.

    One that is not marked as ended lost its session as the account or its password changed.
    """
    found = SignIn.objects.filter(session=digest_of(key)).first()
    if found is None:
        return None
    return Ended(found.because) if found.because else Ended.ACCOUNT

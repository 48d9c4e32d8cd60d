"""What two administrators of two agencies do together: to an account here, to an agency beside."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mekhala.safeguards.access import accounts, policies
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Role
from mekhala.safeguards.admission import agencies, services
from mekhala.safeguards.admission.agencies import TWO
from mekhala.safeguards.agencies.models import Agency
from mekhala.safeguards.four_eyes.kinds import Kind
from mekhala.safeguards.four_eyes.models import SecondSignature


def _check_new(subject: str, details: Mapping[str, Any], *, by: Officer, at: datetime) -> None:  # noqa: ARG001
    policies.check_may_administer(by)
    policies.check_role_fits(details["role"], _agency(details).kind)
    if Officer.objects.filter(username=subject).exists():
        raise policies.NameTaken


def _check_move(subject: str, details: Mapping[str, Any], *, by: Officer, at: datetime) -> None:  # noqa: ARG001
    policies.check_may_administer(by, _officer(subject))
    policies.check_role_fits(details["role"], _agency(details).kind)


def _check_about(subject: str, details: Mapping[str, Any], *, by: Officer, at: datetime) -> None:  # noqa: ARG001
    policies.check_may_administer(by, _officer(subject))


def _add(signature: SecondSignature, *, by: Officer, at: datetime) -> None:
    given = signature.details
    made = accounts.add_officer(
        username=signature.subject, shown_as=given["shown_as"], agency=_agency(given),
        role=given["role"], by=by, at=at,
    )  # fmt: skip
    services.make(made, signature=signature, by=by, at=at)


def _move(signature: SecondSignature, *, by: Officer, at: datetime) -> None:
    given = signature.details
    accounts.move_officer(
        _officer(signature.subject), agency=_agency(given), role=given["role"], by=by, at=at
    )


def _reopen(signature: SecondSignature, *, by: Officer, at: datetime) -> None:
    officer = _officer(signature.subject)
    services.end_sessions(officer, at=at)  # a closed account's would live on where nobody came by
    accounts.open_account(officer, by=by, at=at)


def _recover(signature: SecondSignature, *, by: Officer, at: datetime) -> None:
    officer = _officer(signature.subject)
    accounts.lock_out(officer, by=by, at=at)
    services.end_sessions(officer, at=at)
    services.make(officer, signature=signature, by=by, at=at)


def _says_new(subject: str, details: Mapping[str, Any]) -> str:
    said = _(
        "An account “%(name)s” is made, shown as “%(shown)s”, role “%(role)s”, agency "
        "“%(agency)s”. Each of the two administrators then hands over half a code in person."
    )
    return said % (_words(subject, details) | {"shown": details["shown_as"]})


def _says_move(subject: str, details: Mapping[str, Any]) -> str:
    said = _(
        "The officer “%(name)s” gets the role “%(role)s” at the agency “%(agency)s”. Every file "
        "open to the officer is closed; tokens and devices end."
    )
    return said % _words(subject, details)


def _says_reopen(subject: str, details: Mapping[str, Any]) -> str:  # noqa: ARG001
    said = _("The closed account “%(name)s” is opened again. Tokens and devices stay ended.")
    return said % {"name": subject}


def _says_recover(subject: str, details: Mapping[str, Any]) -> str:  # noqa: ARG001
    said = _(
        "Password, sessions, second factors, tokens and devices of “%(name)s” end at once. Each of "
        "the two administrators then hands over half a code in person."
    )
    return said % {"name": subject}


def _words(subject: str, details: Mapping[str, Any]) -> dict[str, Any]:
    return {"name": subject, "role": Role(details["role"]).label, "agency": _agency(details)}


def _agency(details: Mapping[str, Any]) -> Agency:
    return Agency.objects.get(code=details["agency"])


def _officer(username: str) -> Officer:
    return Officer.objects.get(username=username)


KINDS = (
    Kind(code="account.new", title=gettext_lazy("A new account"), ask_roles=TWO,
         answer_roles=TWO, in_words=_says_new, check=_check_new, act=_add),
    Kind(code="account.move", title=gettext_lazy("Another role or agency"), ask_roles=TWO,
         answer_roles=TWO, in_words=_says_move, check=_check_move, act=_move),
    Kind(code="account.reopen", title=gettext_lazy("Opening a closed account again"),
         ask_roles=TWO, answer_roles=TWO, in_words=_says_reopen, check=_check_about, act=_reopen),
    Kind(code="account.recover", title=gettext_lazy("Letting a locked-out officer in again"),
         ask_roles=TWO, answer_roles=TWO, in_words=_says_recover, check=_check_about,
         act=_recover),
    *agencies.KINDS,
)  # fmt: skip

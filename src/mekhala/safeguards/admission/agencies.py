"""What two administrators of two agencies do to an agency together."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mekhala.safeguards.access import agencies, policies
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Role
from mekhala.safeguards.agencies.models import Agency, AgencyKind
from mekhala.safeguards.four_eyes.kinds import Kind
from mekhala.safeguards.four_eyes.models import SecondSignature

TWO = frozenset({Role.ADMINISTRATOR})


def _check_new(subject: str, details: Mapping[str, Any], *, by: Officer, at: datetime) -> None:  # noqa: ARG001
    policies.check_may_administer(by)
    if Agency.objects.filter(code=subject).exists():
        raise policies.CodeTaken


def _check_close(subject: str, details: Mapping[str, Any], *, by: Officer, at: datetime) -> None:  # noqa: ARG001
    policies.check_may_administer(by)
    policies.check_nobody_works_at(_agency(subject))


def _check_open(subject: str, details: Mapping[str, Any], *, by: Officer, at: datetime) -> None:  # noqa: ARG001
    policies.check_may_administer(by)


def _add(signature: SecondSignature, *, by: Officer, at: datetime) -> None:
    given = signature.details
    agencies.add_agency(
        code=signature.subject, name=given["name"], name_km=given["name_km"],
        kind=given["mandate"], province_code=given["province"], by=by, at=at,
    )  # fmt: skip


def _close(signature: SecondSignature, *, by: Officer, at: datetime) -> None:
    agencies.close_agency(_agency(signature.subject), by=by, at=at)


def _open(signature: SecondSignature, *, by: Officer, at: datetime) -> None:
    agencies.open_agency(_agency(signature.subject), by=by, at=at)


def _says_new(subject: str, details: Mapping[str, Any]) -> str:
    said = _(
        "The agency “%(name)s” is let in under the code “%(code)s”, as: %(kind)s. Accounts at it "
        "may then be asked for."
    )
    return said % {
        "name": details["name"], "code": subject, "kind": AgencyKind(details["mandate"]).label
    }  # fmt: skip


def _says_close(subject: str, details: Mapping[str, Any]) -> str:  # noqa: ARG001
    said = _("The agency “%(name)s” can no longer be chosen. What it did stays.")
    return said % {"name": _agency(subject)}


def _says_open(subject: str, details: Mapping[str, Any]) -> str:  # noqa: ARG001
    said = _("The closed agency “%(name)s” can be chosen again. Accounts at it stay closed.")
    return said % {"name": _agency(subject)}


def _agency(code: str) -> Agency:
    return Agency.objects.get(code=code)


KINDS = (
    Kind(code="agency.new", title=gettext_lazy("A new agency"), ask_roles=TWO, answer_roles=TWO,
         in_words=_says_new, check=_check_new, act=_add),
    Kind(code="agency.close", title=gettext_lazy("Closing an agency"), ask_roles=TWO,
         answer_roles=TWO, in_words=_says_close, check=_check_close, act=_close),
    Kind(code="agency.open", title=gettext_lazy("Opening a closed agency again"), ask_roles=TWO,
         answer_roles=TWO, in_words=_says_open, check=_check_open, act=_open),
)  # fmt: skip

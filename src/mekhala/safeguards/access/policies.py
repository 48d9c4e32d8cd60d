"""Who may give others an account. Nobody changes their own."""

from django.utils.translation import gettext_lazy as _

from mekhala.safeguards.access.errors import ActRefused, NotYourRole
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Role
from mekhala.safeguards.agencies.models import Agency, AgencyKind

FITS = {
    Role.FIRST_RESPONDER: {
        AgencyKind.FIRST_RESPONDER, AgencyKind.POLICE, AgencyKind.BORDER, AgencyKind.EMBASSY,
        AgencyKind.LABOUR,
    },
    Role.AUTHORITY: {AgencyKind.COMPETENT_AUTHORITY},
    Role.REGISTRAR: {AgencyKind.SOCIAL_AFFAIRS},
    Role.PROVIDER: {
        AgencyKind.PROVIDER, AgencyKind.SOCIAL_AFFAIRS, AgencyKind.EMBASSY, AgencyKind.OBSERVER,
    },
    Role.JUSTICE: {AgencyKind.COURT, AgencyKind.POLICE},
    Role.STATISTICIAN: {AgencyKind.NATIONAL_COMMITTEE},
    Role.ADMINISTRATOR: {  # in two agencies at least: each act of theirs needs two signatures
        AgencyKind.NATIONAL_COMMITTEE, AgencyKind.COMPETENT_AUTHORITY, AgencyKind.SOCIAL_AFFAIRS,
    },
}  # fmt: skip


class OwnAccount(ActRefused):
    """Nobody gives rights to, or takes them from, themselves."""

    words = _("You cannot change your own account. Ask another administrator.")


class RoleDoesNotFit(ActRefused):
    """The agency's mandate does not include the role."""

    words = _("This kind of agency has no officers in that role. Choose another role or agency.")


class NameTaken(ActRefused):
    """Another officer signs in with that name."""

    words = _("Another officer has this user name. Choose another one.")


class CodeTaken(ActRefused):
    """Another agency has that code."""

    words = _("Another agency has this code. Choose another one.")


class OfficersAtWork(ActRefused):
    """Somebody signs in there still."""

    words = _("Officers of this agency have open accounts. Close or move them first.")


def check_may_administer(by: Officer, about: Officer | None = None) -> None:
    """Refuse whoever is not an administrator, and an administrator about their own account."""
    if by.role != Role.ADMINISTRATOR:
        raise NotYourRole
    if about is not None and about.pk == by.pk:
        raise OwnAccount


def check_role_fits(role: str, kind: str) -> None:
    """Refuse a role that the agency's mandate does not include."""
    if kind not in FITS[Role(role)]:
        raise RoleDoesNotFit


def check_may_end_keys(by: Officer, about: Officer) -> None:
    """Refuse whoever is neither an administrator nor the officer whose key it is."""
    if by.pk != about.pk and by.role != Role.ADMINISTRATOR:
        raise NotYourRole


def check_nobody_works_at(agency: Agency) -> None:
    """Refuse to close an agency at which somebody still has an open account."""
    if Officer.objects.filter(agency=agency, is_active=True).exists():
        raise OfficersAtWork

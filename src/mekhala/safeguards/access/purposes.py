"""The closed lists: roles, purposes for which a file may be opened, classes of what is in it.

A grant names one purpose and the classes it opens (R-02, R-03). Which classes a purpose carries
at most stands in ``CLASSES_OF_PURPOSE`` and nowhere else; the database holds the same table as
a constraint, made from it.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What an officer does; one officer has one role."""

    FIRST_RESPONDER = "first_responder", _("First responder")
    AUTHORITY = "authority", _("Competent authority officer")
    REGISTRAR = "registrar", _("Registrar and social worker")
    PROVIDER = "provider", _("Service provider")
    JUSTICE = "justice", _("Investigator, prosecutor or clerk")
    STATISTICIAN = "statistician", _("National committee and statistician")
    ADMINISTRATOR = "administrator", _("Administrator")


class Purpose(models.TextChoices):
    """Why a file is open to somebody. There is none for enforcing immigration law."""

    FIRST_CONTACT = "first_contact", _("First contact and urgent needs")
    DETERMINATION = "determination", _("Determination")
    REGISTRATION = "registration", _("Registration and referral")
    SUPPORT = "support", _("Support")
    JUSTICE = "justice", _("Criminal proceedings")


class FieldClass(models.TextChoices):
    """What kind of thing a field tells of somebody, the most dangerous first (R-02).

    Not a ladder: each is opened by itself, and none opens another.
    """

    LOCATION = "location", _("Where the person is or was, and how to reach her or him")
    IDENTITY = "identity", _("Name and papers")
    NARRATIVE = "narrative", _("What happened to the person, and what was found")
    ACCUSED = "accused", _("Who is complained of")
    OPEN = "open", _("What is needed to help, and where the file stands")


_OF_A_CASE = frozenset(
    {FieldClass.LOCATION, FieldClass.IDENTITY, FieldClass.NARRATIVE, FieldClass.OPEN}
)
# At most. What a support grant carries beyond OPEN rests on the person's yes; nothing of a case
# is about an accused, and nothing of a proceeding tells where the person is or what she is called.
CLASSES_OF_PURPOSE: dict[Purpose, frozenset[FieldClass]] = {
    Purpose.FIRST_CONTACT: _OF_A_CASE,
    Purpose.DETERMINATION: _OF_A_CASE,
    Purpose.REGISTRATION: _OF_A_CASE,
    Purpose.SUPPORT: _OF_A_CASE,
    Purpose.JUSTICE: frozenset({FieldClass.ACCUSED, FieldClass.OPEN}),
}
